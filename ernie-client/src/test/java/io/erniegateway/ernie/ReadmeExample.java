package io.erniegateway.ernie;

import java.util.List;

/** The program that README prints; {@link ReadmeExampleTest} runs it. */
final class ReadmeExample {
    private ReadmeExample() {}

    static void ask(String baseUrl, String model, String apiKey, String question, Appendable out) throws Exception {
        ErnieSettings settings = ErnieSettings.builder(Dialect.QIANFAN_V2, baseUrl, model)
                .apiKey(apiKey)
                .build();
        ChatRequest request = new ChatRequest("Answer briefly.", List.of(Turn.user(question)), "");
        try (ErnieClient ernie = ErnieClient.connect(settings);
                ErnieStream answer = ernie.open(request)) {
            for (ErnieEvent event : answer) {
                if (event instanceof ErnieEvent.Text text) {
                    out.append(text.delta());
                }
            }
        } catch (ErnieException e) {
            out.append("no answer: ").append(e.failure().toString());
        }
    }
}
