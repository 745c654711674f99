package io.erniegateway.ernie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.erniegateway.ernie.simulated.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadmeCallsTest {

    @Test
    void the_calls_in_the_readme_do_what_it_says() {
        try (Lab lab = Lab.saying(Reply.of("晴"))) {
            ErnieClient ernie = lab.client(Dialect.QIANFAN_V2);
            assertThat(ReadmeCalls.ask(ernie, List.of("北京美食", "上海今天的天气很好"), "上海天气"))
                    .isEqualTo("晴");
            assertThat(lab.simulator.requestBodies().getLast())
                    .contains("上海今天的天气很好")
                    .doesNotContain("美食");

            double same = ReadmeCalls.likeness(ernie, "上海今天的天气", "上海今天的天气");
            double near = ReadmeCalls.likeness(ernie, "上海今天的天气", "上海昨天的天气");
            double far = ReadmeCalls.likeness(ernie, "上海今天的天气", "how to cook rice");
            assertThat(same).isCloseTo(1, offset(1e-6));
            assertThat(near).isBetween(0.4, 0.99).isGreaterThan(far);
        }
    }
}
