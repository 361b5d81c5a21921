package io.signalbox.audit.broker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Main of the local broker: serves until SIGTERM what {@code FOLDER/broker.properties} describes.
 *
 * <p>It says {@code ready} and writes {@code FOLDER/ready} (its process id) when clients can connect, and removes that
 * file at its end. A start that fails exits with 1 and one line that says why.
 */
public final class LocalBroker {
    private LocalBroker() {}

    public static void main(String[] arguments) {
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty("logback.configurationFile", "io/signalbox/audit/broker/logback.xml");
        }
        try {
            if (arguments.length != 1) {
                throw new BrokerRefusal("one argument is needed: the folder that holds broker.properties");
            }
            BrokerFolder folder = BrokerFolder.read(Path.of(arguments[0]));
            RunningBroker broker = RunningBroker.start(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop"));
            folder.markReady();
            System.out.println("ready");
            broker.await();
        } catch (BrokerRefusal refusal) {
            fail(refusal.getMessage());
        } catch (Exception failure) {
            fail(reason(failure));
        }
    }

    private static void fail(@Nullable String reason) {
        System.err.println("The local Kafka broker did not start: " + reason);
        Runtime.getRuntime().halt(1);
    }

    /** The innermost message, on one line. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return (message == null ? innermost.toString() : message).replaceAll("\\s+", " ");
    }
}
