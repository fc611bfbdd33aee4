package io.sockeye.testbed.memory;

/**
 * Answers of which somebody who reads them may make forty times their bytes.
 *
 * @param clients that are asked
 * @param answers of each
 */
record LargeAnswers(int clients, int answers) implements Attack {
    static final LargeAnswers USUAL = new LargeAnswers(8, 10);

    @Override
    public int seconds() {
        return 15;
    }

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var value = OddEvents.nested();
        crowd.each(clients, number -> {
            var client = crowd.joined();
            for (int i = 0; i < answers; i++) {
                client.text("42[\"ask for anything\"]");
            }
            for (int i = 0; i < answers; i++) {
                var question = client.read();
                client.text("43" + question.substring(2, question.indexOf('[')) + "[" + value + "]");
            }
        });
    }
}
