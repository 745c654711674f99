package io.erniegateway.ernie.simulated;

import java.util.Iterator;
import java.util.List;

/** Chooses the reply to a question. Called on many threads at once. */
@FunctionalInterface
public interface Script {
    Reply answer(Question question);

    /** Always the same. */
    static Script saying(Reply reply) {
        return question -> reply;
    }

    /** One after the other, and the last one for ever. */
    static Script inTurn(Reply... replies) {
        List<Reply> all = List.of(replies);
        Iterator<Reply> rest = all.iterator();
        return question -> {
            synchronized (rest) {
                return rest.hasNext() ? rest.next() : all.getLast();
            }
        };
    }
}
