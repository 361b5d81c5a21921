package io.signalbox.gate.walk;

import io.signalbox.bus.Kind;
import java.util.List;

/** What befalls the gate, its audit log, its Redis, and what it plans with. */
enum Mishap implements Step {
    /** Somebody pushes: what staging's and production's plans come to is something else. */
    DRIFT {
        @Override
        void befall(Junction junction) {
            Rules.ENVIRONMENTS.forEach(junction::drifts);
        }
    },
    RESTART {
        @Override
        void befall(Junction junction) {
            junction.rig.restart();
        }
    },
    AUDIT_LOG_CLOSES {
        @Override
        void befall(Junction junction) {
            junction.records(false);
        }
    },
    AUDIT_LOG_OPENS {
        @Override
        void befall(Junction junction) {
            junction.records(true);
        }
    },
    /** The next script runs, and nobody hears its result: it is sent again. */
    ANSWER_LOST {
        @Override
        void befall(Junction junction) {
            junction.cable.loseAnAnswer();
        }
    },
    /** Redis says nothing for longer than the gate waits for an answer. */
    SILENCE {
        @Override
        void befall(Junction junction) {
            junction.rig.redis.tell("CLIENT", "PAUSE", "1000");
        }
    },
    CONNECTIONS_CUT {
        @Override
        void befall(Junction junction) {
            junction.cable.cut();
        }
    },
    /** Everything that lives is told of twice more. */
    DOUBLED {
        @Override
        void befall(Junction junction) {
            var living = junction.those(story ->
                    !story.state().isTerminal() && !List.of(Kind.REQUESTED).contains(story.state()));
            junction.tellAgain(living);
            junction.tellAgain(living);
        }
    };

    abstract void befall(Junction junction);

    @Override
    public Runnable happen(Junction junction) {
        befall(junction);
        return Step.nothingToSee();
    }
}
