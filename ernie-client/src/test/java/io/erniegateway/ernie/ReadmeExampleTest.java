package io.erniegateway.ernie;

import static org.assertj.core.api.Assertions.assertThat;

import io.erniegateway.ernie.simulated.ErnieSimulator;
import io.erniegateway.ernie.simulated.SimulatorOptions;
import org.junit.jupiter.api.Test;

class ReadmeExampleTest {

    @Test
    void the_program_in_the_readme_prints_an_answer_or_the_reason_for_none() throws Exception {
        SimulatorOptions options = SimulatorOptions.defaults().withTimeScale(0);
        try (ErnieSimulator server = ErnieSimulator.start(options)) {
            String baseUrl = server.baseUrl(Dialect.QIANFAN_V2);
            StringBuilder out = new StringBuilder();
            ReadmeExample.ask(baseUrl, SimulatorOptions.DEMO_MODEL, options.apiKey(), "Hello!", out);
            assertThat(out).startsWith("Hello!").contains("scripted demo");

            out.setLength(0);
            ReadmeExample.ask(baseUrl, SimulatorOptions.DEMO_MODEL, "wrong-key", "Hello!", out);
            assertThat(out).startsWith("no answer: FixAccess").doesNotContain("wrong-key");
        }
    }
}
