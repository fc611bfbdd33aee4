package io.sockeye.client.internal.connection;

import io.sockeye.client.ConnectFailedException;
import io.sockeye.client.Disconnection;
import io.sockeye.protocol.SocketPacket;

/** A socket as the shared connection sees it. Called on the loop. */
public interface ConnectionUser {
    String namespace();

    /** Whether it is connected, or tries to connect: as long as one is active, the connection is kept up. */
    boolean isActive();

    boolean isConnected();

    /** Whether it waits for an answer of the server. */
    boolean awaitsAnswer();

    /** The connection is open: the socket may join its namespace. */
    void connectionOpened();

    /** A packet for its namespace has arrived. */
    void receive(SocketPacket packet);

    /**
     * An attempt to connect has failed.
     *
     * @param last whether no other attempt follows
     */
    void connectionFailed(ConnectFailedException failure, boolean last);

    /**
     * The connection is lost.
     *
     * @param failure the same for those who were not connected yet
     * @param last whether no attempt to connect again follows
     */
    void connectionClosed(Disconnection end, ConnectFailedException failure, boolean last);

    /** Does now what the socket would do after a delay. */
    void retryNow();
}
