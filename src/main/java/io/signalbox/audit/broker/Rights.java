package io.signalbox.audit.broker;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.signalbox.audit.PlainLogin;
import io.signalbox.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Who may do what: {@code bot} creates, writes and reads topics, {@code ops} reads them, and neither can change or delete
 * what was written.
 */
final class Rights {
    private static final int SECONDS = 20;
    private static final String ALL = "*";

    private Rights() {}

    /** Gives them; giving them again changes nothing. Returns when the broker has taken them. */
    static void give(int port, Secret self) throws InterruptedException {
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                PlainLogin.line(BrokerProperties.SELF, self, Map.of()));
        try (Admin admin = Admin.create(client)) {
            admin.createAcls(bindings()).all().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerRefusal("its users could not be given their rights: " + e.getMessage(), e);
        }
    }

    private static List<AclBinding> bindings() {
        List<AclBinding> bindings = new ArrayList<>();
        bindings.addAll(
                allow("bot", ResourceType.TOPIC, ALL, PatternType.LITERAL, CREATE, WRITE, READ, DESCRIBE_CONFIGS));
        bindings.addAll(
                allow("bot", ResourceType.TRANSACTIONAL_ID, "signalbox", PatternType.PREFIXED, WRITE, DESCRIBE));
        bindings.addAll(allow("ops", ResourceType.TOPIC, ALL, PatternType.LITERAL, READ, DESCRIBE_CONFIGS));
        bindings.addAll(allow("ops", ResourceType.GROUP, ALL, PatternType.LITERAL, READ));
        return bindings;
    }

    private static List<AclBinding> allow(
            String user, ResourceType type, String name, PatternType pattern, AclOperation... operations) {
        ResourcePattern resource = new ResourcePattern(type, name, pattern);
        return List.of(operations).stream()
                .map(operation -> new AclBinding(
                        resource, new AccessControlEntry("User:" + user, ALL, operation, AclPermissionType.ALLOW)))
                .toList();
    }
}
