package io.signalbox.gate.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The walks can fail: a gate with one line of a script taken out breaks a promise on one of them. */
class BrokenGateIT {
    private static final String MANY = "1000";

    @TempDir
    Path folder;

    /** The check that is missing: of roles in the commit. Who asked loses the role while the plan is made. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gate/held.lua | if not holds(need) then return refuse(need.code, need.person) end | AUTHORISED, APPROVED
            """)
    void isFoundOut(String script, String line, String promises) throws Exception {
        requireFound(script, line, "", promises);
    }

    /** The others take longer together than the rest of the walks. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "signalbox.all", matches = "true")
    @CsvSource(delimiter = '|', textBlock = """
            gate/lock.lua | if holder and holder ~= a.command then return refuse('lock', holder) end || ONE_HOLDER
            gate/recording.lua | if open ~= 'yes' then return refuse('audit', reason or '') end || RECORDED
            gate/approval-give.lua | if not deadline or now > tonumber(deadline) then return refuse('late') end || APPROVED
            gate/approval-give.lua | if string.sub(digest, 1, #a.digest) ~= a.digest then return refuse('digest', digest) end || FORECAST
            gate/approval-over.lua | if last and now <= tonumber(last) then return refuse('early', last) end || FORECAST, KEPT
            gate/revoke.lua | if a.role == 'admin' and redis.call('HLEN', key) == 1 then return refuse('last-admin') end || AUTHORISED
            gate/unlock.lua | return refuse('running', state) | return | ONE_HOLDER
            gate/approval-give.lua | if last then return refuse('complete') end || APPROVED
            gate/approval-give.lua | if not a.alone and redis.call('HEXISTS', key, 'yes:' .. a.person) == 1 then return refuse('twice') end || APPROVED
            gate/approval-give.lua | a.alone or yeses(key) | yeses(key) | FORECAST
            gate/approval-give.lua | yeses(key) >= tonumber(needed or '1') | yeses(key) >= 1 | FORECAST, ENDS
            gate/frozen.lua | if found and (not found['until'] or now < found['until']) then return refuse('freeze', scope) end || FROZEN
            gate/hold.lua | if not a.from and person then return refuse('held', person) end || KEEPER
            gate/hold.lua | if person and (not last or now < tonumber(last)) then | if person then | FORECAST
            gate/lock.lua | if kept_by and kept_by ~= a.person then return refuse('held', kept_by) end || KEEPER
            gate/queue.lua | redis.call('ZADD', queue, ticket, a.command) | redis.call('ZADD', queue, -ticket, a.command) | IN_ORDER
            brain/commit.lua | if not allowed then return declined(refuse('state', state)) end || ONE_END
            brain/commit.lua | local number = redis.call('INCR', 'sb:seq') | local number = redis.call('INCRBY', 'sb:seq', 2) | NUMBERED
            """)
    void eachOfTheseIsFoundOut(String script, String before, String after, String promises) throws Exception {
        requireFound(script, before, after == null ? "" : after, promises);
    }

    private void requireFound(String script, String before, String after, String promises) throws Exception {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        ClassLoader ours = Thread.currentThread().getContextClassLoader();
        try (ChangedTexts changed = ChangedTexts.in(folder.resolve("changed"), script, before, after)) {
            Thread.currentThread().setContextClassLoader(changed);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(DiscoverySelectors.selectClass(changed.loadClass(WalksIT.class.getName())))
                    .configurationParameter("jqwik.tries.default", MANY)
                    // That it fails is enough; jqwik's search for a shorter walk goes on behind the tests that follow.
                    .configurationParameter("jqwik.shrinking.default", "OFF")
                    .configurationParameter(
                            "jqwik.database", folder.resolve("database").toString())
                    .build();
            LauncherFactory.create().execute(request, summary);
        } finally {
            Thread.currentThread().setContextClassLoader(ours);
        }
        assertThat(summary.getSummary().getFailures())
                .extracting(TestExecutionSummary.Failure::getException)
                .singleElement()
                .satisfies(failure -> assertThat(promises.split(", "))
                        .anySatisfy(promise -> assertThat(failure).hasMessageStartingWith(promise + " is broken")));
    }
}
