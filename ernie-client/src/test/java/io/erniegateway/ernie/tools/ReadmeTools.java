package io.erniegateway.ernie.tools;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.erniegateway.ernie.ChatRequest;
import io.erniegateway.ernie.ErnieClient;
import io.erniegateway.ernie.ErnieEvent;
import io.erniegateway.ernie.ErnieStream;

/** The program that README prints; {@link ToolEndToEndTest} runs it. */
final class ReadmeTools {
    private ReadmeTools() {}

    record Weather(@JsonPropertyDescription("a city's name") String city) {}

    static void ask(ErnieClient ernie, String question, Appendable out) throws Exception {
        ToolBox tools = ToolBox.of(
                Tool.of("weather", "Tells the weather of a city", Weather.class, asked -> asked.city() + ": 21 °C"));
        try (ErnieStream answer = tools.open(ernie, ChatRequest.of(question))) {
            for (ErnieEvent event : answer) {
                if (event instanceof ErnieEvent.Text text) {
                    out.append(text.delta());
                } else if (event instanceof ErnieEvent.ToolWanted wanted) {
                    out.append("(" + wanted.call().name() + " " + wanted.call().arguments() + ")");
                }
            }
        }
    }
}
