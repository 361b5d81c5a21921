package io.signalbox.systemd;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where systemd listens: a datagram socket, which Java has none of. Netty's native part is an eighth of JNA in size, and
 * costs half of it a message and no process, so that only the main process needs to be believed.
 */
record NotifySocket(String path) {
    /** Fails where this machine has no such sockets for Java, before anything relies on them. */
    NotifySocket {
        if (!Epoll.isAvailable()) {
            throw new IllegalStateException(
                    "systemd cannot be told how this service is: no native sockets for "
                            + System.getProperty("os.arch"),
                    Epoll.unavailabilityCause());
        }
    }

    /** A socket for each message: it may be another one by then that listens there. Does not block. */
    void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        Socket socket = Socket.newSocketDomainDgram();
        try {
            socket.connect(new DomainSocketAddress(address()));
            if (socket.write(buffer, 0, bytes.length) != bytes.length) {
                throw new IOException("nobody reads at " + path);
            }
        } catch (IOException failure) {
            throw new IOException("systemd cannot be told anything at " + path + ": " + failure, failure);
        } finally {
            socket.close();
        }
    }

    /** A path, or a name that is in no file system: written with '@', meant with NUL. */
    private String address() {
        return path.startsWith("@") ? "\0" + path.substring(1) : path;
    }
}
