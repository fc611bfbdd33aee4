package io.sockeye.testbed.memory;

/**
 * Clients in a namespace send events and all of their attachments but one.
 *
 * @param clients that do so
 * @param attachments that are announced
 * @param bytes of an attachment
 */
record UnfinishedAttachments(int clients, int attachments, int bytes) implements Attack {
    static final UnfinishedAttachments SEEN = new UnfinishedAttachments(25, 10, 990_000);

    @Override
    public void run(Crowd crowd) throws InterruptedException {
        var event = new StringBuilder("45" + attachments + "-[\"x\"");
        for (int i = 0; i < attachments; i++) {
            event.append(",{\"_placeholder\":true,\"num\":").append(i).append('}');
        }
        event.append(']');
        var attachment = new byte[bytes];
        crowd.each(clients, number -> {
            var client = crowd.joined();
            client.text(event.toString());
            for (int i = 1; i < attachments; i++) {
                client.binary(attachment);
            }
        });
    }
}
