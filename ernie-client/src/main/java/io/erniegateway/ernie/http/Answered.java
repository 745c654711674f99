package io.erniegateway.ernie.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.erniegateway.ernie.Quota;

/**
 * What a server answered to a call, whole.
 *
 * @param body a JSON object that is no refusal
 * @param quota of the response's headers
 */
record Answered(JsonNode body, Quota quota) {

    /** The server's id of the request, empty if there is none. */
    String requestId() {
        return JsonFields.text(body, "id");
    }
}
