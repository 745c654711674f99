package io.erniegateway.ernie.simulated;

import io.erniegateway.ernie.Dialect;

/** The codes and statuses with which the dialects say the same things. */
record Wording(
        Rejected badJson, int status, String argument, String messages, String order, String image, String length) {

    static Wording of(Dialect dialect) {
        return switch (dialect.api()) {
            case QIANFAN_V1 ->
                new Wording(Rejected.v1(336002, "Invalid JSON"), 200, "336003", "336003", "336006", "336003", "336007");
            case QIANFAN_V2 ->
                new Wording(
                        Rejected.v2(400, "malformed_json", "the body is no JSON object"),
                        400,
                        "invalid_argument",
                        "invalid_messages",
                        "invalid_messages",
                        "invalid_image_url",
                        "characters_too_long");
            case OPENAI ->
                new Wording(
                        Rejected.openAi(400, "BadRequestError", "JSON decode error"),
                        400,
                        "400",
                        "400",
                        "400",
                        "400",
                        "400");
        };
    }

    Rejected badArgument(String message) {
        return rejected(argument, message);
    }

    Rejected badMessages(String message) {
        return rejected(messages, message);
    }

    Rejected badOrder(String message) {
        return rejected(order, message);
    }

    Rejected badImage(String message) {
        return rejected(image, message);
    }

    /** The texts differ: a self-hosted server tells it in no other way. */
    Rejected tooLong(int most) {
        return rejected(
                length,
                length.equals("400")
                        ? "This model's maximum context length is " + most
                                + " tokens. Please reduce the length of the messages."
                        : "the max input characters is " + most);
    }

    private Rejected rejected(String code, String message) {
        return new Rejected(status, code, message, status == 200 ? "" : "invalid_request_error");
    }
}
