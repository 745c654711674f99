package io.erniegateway.ernie.tools;

import org.jspecify.annotations.Nullable;

/**
 * The code behind a tool. Called on a virtual thread of its own, several at once; interrupted when its time is over or
 * the answer is closed. Thread-locals of the caller are not there.
 *
 * @param <A> the arguments, already checked
 */
@FunctionalInterface
public interface ToolFunction<A> {
    /**
     * Does what the model asked for.
     *
     * @return a text, which is given to the model as it is; or anything that Jackson writes as JSON; null for nothing
     * @throws ToolException with words for the model
     * @throws Exception of which the model learns only that there was one
     */
    @Nullable
    Object call(A arguments) throws Exception;
}
