package io.signalbox.audit;

import io.signalbox.brain.Brain;
import io.signalbox.brain.CommitScript;
import io.signalbox.brain.Connection;
import io.signalbox.bus.Events;
import io.signalbox.config.KafkaSettings;
import io.signalbox.config.Secret;
import io.vertx.core.Vertx;
import io.vertx.redis.client.RedisOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** A bot's audit stage in a process of its own, so that a test can kill it. */
final class RelayProgram {
    private RelayProgram() {}

    /** Arguments: Redis' URI, Kafka's address, topic, and a file with the passwords of Redis and Kafka in two lines. */
    public static void main(String[] arguments) throws Exception {
        var passwords = Files.readAllLines(Path.of(arguments[3]));
        Vertx vertx = Vertx.vertx();
        Connection redis = new Connection(
                vertx,
                new RedisOptions().setConnectionString(arguments[0]).setPassword(passwords.get(0)),
                Duration.ofSeconds(2));
        Events events = new Events(vertx.eventBus());
        Brain brain = new Brain(redis, new CommitScript(redis, InstantSource.system(), Duration.ofHours(1)), events);
        KafkaSettings kafka = new KafkaSettings(
                arguments[1],
                arguments[2],
                KafkaSettings.Security.SASL_PLAINTEXT,
                Optional.of(new KafkaSettings.Login("bot", new Secret(passwords.get(1)))));
        vertx.deployVerticle(new AuditStage(
                        events, brain, InstantSource.system(), Bot::words, kafka, URI.create("signalbox://killed")))
                .onFailure(Throwable::printStackTrace);
    }
}
