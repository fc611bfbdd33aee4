package io.sockeye.testbed.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One attack at least of each further family: compression, TLS, scripts, many sessions, pages, requests, slow readers. */
final class FamilyAttacksIT {
    private static final JvmSize SMALL = new JvmSize(128, 128);

    private static void isHarmless(Attack attack) throws Exception {
        Verdict.harmless(attack, Trial.of(attack).in(SMALL).run());
    }

    @Test
    void messagesThatInflateToAThousandTimesTheirSize() throws Exception {
        isHarmless(DeflateBombs.USUAL);
    }

    @Test
    void handshakesOfTlsThatDoNotEnd() throws Exception {
        isHarmless(new TlsHandshakes(600, 100));
    }

    @Test
    void slowReadersBehindTls() throws Exception {
        isHarmless(Against.server(new SlowReaders(60, 20_000, 50), "--tls", "on", "--recovery", "on"));
    }

    @Test
    void echoesByScriptsThatHaveToBeEscaped() throws Exception {
        isHarmless(JsonpEchoes.USUAL);
    }

    @Test
    void sessionsThatJoinNothing() throws Exception {
        isHarmless(ManySessions.POLLING);
    }

    /** A handler makes objects of them that take forty times their bytes. */
    @Test
    void eventsOfManyValues() throws Exception {
        isHarmless(new OddEvents(4, 10, "nested"));
    }

    @Test
    void answersOfManyValues() throws Exception {
        isHarmless(new LargeAnswers(4, 4));
    }

    /** One for each 2 KiB of a quarter of 64 MiB is 8,192; those that do not answer pings end before the memory is looked at again. */
    @Test
    void sessionsOfOneClientThatHaveJoinedAndFillTheServer() throws Exception {
        var attack = Against.server(
                new ManySessions(10_000, "polled", 0, "127.0.0.2"), "--pings", "6000", "--recovery", "on");
        var figures = Trial.of(attack)
                .in(new JvmSize(64, 64))
                .with("join", Newcomers::joins)
                .run();
        Verdict.harmless(attack, figures);
        assertThat(figures.log()).anyMatch(line -> line.contains("INFO  SocketServer - memory: there are"));
    }

    @Test
    void requestsThatNobodyAnswers() throws Exception {
        isHarmless(Against.server(UnansweredRequests.USUAL, "--on-loop", "on"));
    }

    @Test
    void pagesThatNobodyReads() throws Exception {
        isHarmless(UnreadPages.USUAL);
    }
}
