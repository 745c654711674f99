package io.erniegateway.gateway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The typewriter's arithmetic with a clock of our own, and what it leaves in the page. */
@ExtendWith(BrowserExtension.class)
class TypewriterTest {
    private final ScriptedBot bot = new ScriptedBot();
    private final Browser browser;

    TypewriterTest(Browser browser) {
        this.browser = browser;
    }

    @BeforeEach
    void open() {
        browser.open(bot.page());
    }

    @AfterEach
    void close() {
        bot.close();
    }

    /** Runs a module script with the page's own modules at hand; it calls {@code done}. */
    private Object run(String script) {
        return browser.jsLater("const done = arguments[arguments.length - 1];"
                + "(async () => { const {Pace, Schedule, Typewriter} = await import('/chat/page/typewriter.js');"
                + " const {Reveal} = await import('/chat/page/reveal.js');"
                + " const fragment = (html) => { const t = document.createElement('template'); t.innerHTML = html; return t.content; };"
                + script + "})().catch(e => done('failed: ' + e.stack))");
    }

    @Test
    void bursts_a_second_apart_are_spread_evenly_over_the_second() {
        Object shown = run("""
                const s = new Schedule();
                let total = 0, shown = 0;
                const steps = [];
                for (let t = 0; t <= 20000; t += 50) {
                  if (t % 1000 === 0) { total += 100; s.grow(total, shown, t + 1); }
                  const next = s.at(t + 1);
                  if (t > 10000) { steps.push(next - shown); }
                  shown = next;
                }
                done([Math.min(...steps), Math.max(...steps), total - shown].map(String));
                """);
        List<Integer> steps = ((List<?>) shown)
                .stream().map(n -> Integer.valueOf(String.valueOf(n))).toList();
        assertThat(steps.get(0)).as("least in 50 ms").isBetween(4, 5);
        assertThat(steps.get(1)).as("most in 50 ms").isBetween(5, 7);
        assertThat(steps.get(2)).as("behind").isLessThanOrEqualTo(100);
    }

    @Test
    void the_reader_is_never_behind_by_more_than_an_interval_or_so_however_uneven_the_bursts() {
        Object worst = run("""
                let seed = 7;
                const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
                let worst = 0;
                for (let round = 0; round < 50; round++) {
                  const s = new Schedule();
                  const arrivals = [];
                  let total = 0, now = 1, shown = 0;
                  for (let burst = 0; burst < 60; burst++) {
                    total += Math.ceil(random() * 80);
                    s.grow(total, shown, now);
                    arrivals.push([total, now]);
                    const next = now + 100 + random() * 1200;
                    for (; now < next; now += 16) {
                      shown = s.at(now);
                      const late = arrivals.find(([t]) => t > shown);
                      if (late) { worst = Math.max(worst, now - late[1]); }
                    }
                  }
                }
                done(Math.round(worst));
                """);
        assertThat((long) worst)
                .as("milliseconds between arrival and being shown")
                .isBetween(100L, 2_700L);
    }

    @Test
    void when_the_answer_is_complete_the_rest_follows_promptly() {
        assertThat(run("""
                        const s = new Schedule();
                        s.grow(10, 0, 1); s.grow(20, 10, 1401); s.grow(220, 20, 2801);
                        s.finish(s.at(2802), 2802);
                        done([s.at(2802) < 220, s.at(2802 + 160)]);
                        """)).isEqualTo(List.of(true, 220L));
    }

    @Test
    void formatting_appears_with_its_text_and_what_is_shown_is_not_rebuilt() {
        assertThat(run("""
                        const live = document.createElement('div');
                        const r = new Reveal(live);
                        const html = '<p>ab <strong>cd</strong> e</p>\\n<ul>\\n<li>f</li>\\n<li>g</li>\\n</ul>';
                        r.aim(fragment(html));
                        const seen = [];
                        for (let n = 0; n <= 9; n++) { r.show(n); seen.push(live.innerHTML); }
                        const first = live.firstChild, text = first.firstChild;
                        r.aim(fragment(html.replace('g</li>', 'gh</li>\\n<li>i</li>')));
                        r.show(11);
                        done([seen[0], seen[2], seen[3], seen[4], seen[7].includes('<ul>'), seen[8].endsWith('<li>f</li></ul>'),
                            live.innerHTML, first === live.firstChild && text === first.firstChild].map(String));
                        """))
                .isEqualTo(List.of(
                        "",
                        "<p>ab</p>",
                        "<p>ab </p>",
                        "<p>ab <strong>c</strong></p>",
                        "false",
                        "true",
                        "<p>ab <strong>cd</strong> e</p>\n<ul>\n<li>f</li>\n<li>gh</li>\n<li>i</li>\n</ul>",
                        "true"));
    }

    @Test
    void a_character_is_never_cut() {
        Object shown = run("""
                const live = document.createElement('div');
                const r = new Reveal(live);
                r.aim(fragment('<p>a👨‍👩‍👧b e\\u0301 🇨🇳</p>'));
                const seen = new Set();
                for (let n = 0; n <= 20; n++) { r.show(n); seen.add(live.textContent); }
                done([...seen]);
                """);
        assertThat(((List<?>) shown).stream().map(String::valueOf).toList())
                .contains("a", "a👨‍👩‍👧", "a👨‍👩‍👧b e\u0301")
                .doesNotContain("a👨", "a👨‍👩", "a👨‍👩‍👧b e")
                .allSatisfy(text -> assertThat(text).doesNotMatch("(?s).*\\p{Cs}.*"));
    }

    @Test
    void a_text_that_turns_into_something_else_is_right_in_the_end() {
        assertThat(run("""
                        const live = document.createElement('div');
                        const r = new Reveal(live);
                        r.show(r.aim(fragment('<p>| a | b |</p>')));
                        const table = '<div class="table-scroll"><table><thead><tr><th>a</th><th>b</th></tr></thead></table></div>';
                        r.show(r.aim(fragment(table)));
                        const grown = live.innerHTML;
                        r.show(r.aim(fragment('<p>x</p>')));
                        done([grown === table, live.innerHTML].map(String));
                        """)).isEqualTo(List.of("true", "<p>x</p>"));
    }

    @Test
    void frames_are_asked_for_only_while_something_is_to_be_shown() {
        assertThat(run("""
                        const live = document.createElement('div');
                        let clock = 1; const frames = []; let seen = [];
                        const t = new Typewriter(new Reveal(live), {now: () => clock, frame: (f) => frames.push(f), onFrame: () => seen.push(live.textContent.length)});
                        const play = (until) => { while (frames.length && clock < until) { clock += 16; frames.shift()(); } };
                        t.write(fragment('<p>' + 'x'.repeat(100) + '</p>'));
                        play(100); const early = seen.at(-1);
                        play(5000); const count = seen.length;
                        done([early > 10 && early < 60, seen.at(-1), frames.length, count < 25, t.idle].map(String));
                        """)).isEqualTo(List.of("true", "100", "0", "true", "true"));
    }
}
