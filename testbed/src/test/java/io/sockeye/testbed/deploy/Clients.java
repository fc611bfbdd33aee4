package io.sockeye.testbed.deploy;

import static io.sockeye.testbed.client.Waiting.get;
import static io.sockeye.testbed.client.Waiting.until;
import static org.assertj.core.api.Assertions.fail;

import io.sockeye.client.SocketClient;
import io.sockeye.protocol.TransportKind;
import io.sockeye.testbed.client.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Clients of a proxy, each with cookies of its own. */
final class Clients implements AutoCloseable {
    /** Of so many clients each of two servers has some. */
    private static final int MANY = 50;

    private final Deployment deployment;
    private final List<SocketClient> all = new ArrayList<>();

    Clients(Deployment deployment) {
        this.deployment = deployment;
    }

    List<SocketClient> all() {
        return all;
    }

    /** A client that is connected by that transport. */
    SocketClient connected(Way way) throws Exception {
        var client = way.set(deployment.client()).build();
        all.add(client);
        client.connect();
        get(client.whenConnected());
        var transport = way == Way.POLLING ? TransportKind.POLLING : TransportKind.WEBSOCKET;
        until(() -> client.transport().equals(Optional.of(transport)));
        return client;
    }

    /** The same with the server of that name. Those of the other server stay, since proxies prefer the one with fewer. */
    SocketClient ofServer(String name, Way way) throws Exception {
        for (int i = 0; i < MANY; i++) {
            var client = connected(way);
            if (who(client).server().equals(name)) {
                return client;
            }
        }
        return fail("no client of server " + name);
    }

    /** What its server knows of a client. */
    static Backend.Answer who(SocketClient client) throws Exception {
        return get(client.request("who", Backend.Answer.class));
    }

    @Override
    public void close() {
        all.forEach(SocketClient::close);
    }
}
