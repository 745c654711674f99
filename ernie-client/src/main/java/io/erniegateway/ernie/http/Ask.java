package io.erniegateway.ernie.http;

import io.erniegateway.ernie.request.Question;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What is asked, whatever the attempt.
 *
 * @param model who is asked, for limits and breakers that count by model; a word for the service where none is
 * @param tokens of input, by estimate; what it takes of a minute's allowance
 * @param body null for a GET
 */
record Ask(HttpUrl url, String model, long tokens, @Nullable ByteString body) {

    /** The same of a shorter question. */
    Ask with(Question question) {
        return new Ask(url, model, question.tokens(), ByteString.of(question.body()));
    }
}
