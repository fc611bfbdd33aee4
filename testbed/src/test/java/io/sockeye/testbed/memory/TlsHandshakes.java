package io.sockeye.testbed.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Connections that never come to the end of the TLS handshake.
 *
 * @param connections of that kind
 * @param percent of a client's first message that each sends
 */
record TlsHandshakes(int connections, int percent) implements Attack {
    static final TlsHandshakes USUAL = new TlsHandshakes(4_000, 100);

    private static final int THREADS = 8;

    @Override
    public List<String> options() {
        return List.of("--tls", "on");
    }

    @Override
    public void run(Crowd crowd) throws IOException, InterruptedException {
        var hello = hello();
        var sent = Arrays.copyOf(hello, hello.length * percent / 100);
        crowd.each(THREADS, number -> {
            for (int i = number; i < connections; i += THREADS) {
                crowd.connectPlain().write(sent);
            }
        });
    }

    private static byte[] hello() throws IOException {
        try {
            var engine = SSLContext.getDefault().createSSLEngine();
            engine.setUseClientMode(true);
            var out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), out);
            return Arrays.copyOf(out.array(), out.position());
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
