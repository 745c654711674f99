package io.erniegateway.gateway.simulation;

import io.erniegateway.gateway.budget.LimitMemory;
import io.erniegateway.gateway.delivery.*;
import io.erniegateway.gateway.simulation.bound.*;
import io.erniegateway.gateway.simulation.bound.Limit.Scope;
import java.time.Duration;
import java.util.*;
import org.junit.jupiter.api.Test;

class ScratchTest {
    static final Pace NOW = new Pace(Duration.ZERO, 1);
    static final List<Limit> TG = List.of(Limit.bucket(3, Duration.ofSeconds(1), Scope.ROOM), Limit.window(30, Duration.ofSeconds(1), Scope.GLOBAL));
    static void show(String name, Outcome o, double bound, long ns) {
        System.out.printf("%-22s mean %.0f bound %.0f ratio %.3f worst/mean %.2f final mean %.0f max %.0f calls %d told %d refused %d text %d (%d ms)%n", name, o.meanMillis(), bound, o.meanMillis()/bound, o.worstMeanMillis()/o.meanMillis(), o.meanFinalMillis(), o.lastFinalMillis(), o.calls(), o.told(), o.refused(), o.textMicros().size(), (System.nanoTime()-ns)/1000000);
    }
    static Outcome tg(boolean warm, boolean group, boolean drafts, List<Script> s, Native mode) {
        TelegramRun run = new TelegramRun(TelegramRun.TELLING, group, drafts);
        BotDelivery d = run.delivery(run.connector(), NOW, mode, LimitMemory.NONE);
        if (warm) run.learn(d, s.getFirst().micros());
        return run.play(d, s, Duration.ofMinutes(10));
    }
    static Outcome slack(boolean warm, List<Script> s, Native mode) {
        SlackRun run = new SlackRun();
        BotDelivery d = run.delivery(run.connector(), NOW, mode, LimitMemory.NONE);
        if (warm) run.learn(d, s.getFirst().micros());
        return run.play(d, s, Duration.ofMinutes(10));
    }
    static List<Script> many(int n, Script s) { List<Script> l = new ArrayList<>(); for (int i=0;i<n;i++) l.add(s.in(i,0)); return l; }
    @Test void all() {
        for (boolean warm : new boolean[]{true,false}) {
        double m=0,b=0; List<Double> q=new ArrayList<>(); long t=System.nanoTime();
        long ref=0;
        for (long seed=1; seed<=20; seed++) { Outcome o=tg(warm,false,false,List.of(Script.bursty(seed)),Native.AUTO); double bd=Bound.ofOne(Script.bursty(seed).curve(),TG,TelegramRun.ONE_WAY).meanLagMillis(); m+=o.meanMillis(); b+=bd; q.add(o.meanMillis()/bd); ref+=o.refused(); }
        Collections.sort(q); System.out.printf("%s W1 mean %.1f bound %.1f ratio %.3f median %.3f max %.2f refused %d %d ms%n", warm, m/20,b/20,m/b,q.get(10),q.getLast(),ref,(System.nanoTime()-t)/1000000);
        t=System.nanoTime(); show(warm+" W2", tg(warm,false,false,List.of(Script.steady(1500)),Native.AUTO), Bound.ofOne(Script.steady(1500).curve(),TG,TelegramRun.ONE_WAY).meanLagMillis(), t);
        t=System.nanoTime(); show(warm+" W2 draft", tg(warm,false,true,List.of(Script.steady(1500)),Native.NATIVE), Bound.ofOne(Script.steady(1500).curve(),TG,TelegramRun.ONE_WAY).meanLagMillis(), t);
        t=System.nanoTime(); show(warm+" W4", tg(warm,false,false,List.of(Script.steady(12000)),Native.AUTO), Bound.ofOne(Script.steady(12000).curve(),TG,TelegramRun.ONE_WAY).meanLagMillis(), t);
        t=System.nanoTime(); show(warm+" W3 100", tg(warm,false,false,many(100,Script.steady(1500)),Native.AUTO), 1600, t);
        t=System.nanoTime(); show(warm+" W6", tg(warm,true,false,many(3,Script.steady(1500)),Native.AUTO), 800, t);
        for (Native mode : List.of(Native.EDIT, Native.AUTO)) for (int n : new int[]{1,2,5,20}) { t=System.nanoTime(); show(warm+" Slack "+mode+" "+n, slack(warm,many(n,Script.steady(1500)),mode), n==1?100:n==2?117:n==5?217:717, t); }
        t=System.nanoTime(); show(warm+" Slack long", slack(warm,List.of(Script.steady(12000)),Native.AUTO), 300, t);
        }
    }
    @Test void w1() {
        for (long seed=1; seed<=6; seed++) {
        Script s = Script.bursty(seed);
        TelegramRun run = new TelegramRun(TelegramRun.TELLING, false, false);
        BotDelivery d = run.delivery(run.connector(), NOW, Native.AUTO, LimitMemory.NONE);
        run.learn(d, s.micros());
        Outcome o = run.play(d, List.of(s), Duration.ofMinutes(10));
        show("W1/"+seed, o, Bound.ofOne(s.curve(),TG,TelegramRun.ONE_WAY).meanLagMillis(), System.nanoTime());
        long t0 = o.textMicros().getFirst();
        System.out.println("sent " + o.textMicros().stream().map(x -> (x - t0) / 1000).toList());
        System.out.println("came " + s.chunks().stream().map(c -> c.atMicros() / 1000 + ":" + c.text().length()).toList());
        }
    }
    @Test void w2() {
        for (boolean warm : new boolean[]{true,false}) {
        Script s = Script.steady(1500);
        TelegramRun run = new TelegramRun(TelegramRun.TELLING, false, false);
        BotDelivery d = run.delivery(run.connector(), NOW, Native.AUTO, LimitMemory.NONE);
        if (warm) run.learn(d, s.micros());
        Outcome o = run.play(d, List.of(s), Duration.ofMinutes(10));
        show("W2", o, 427, System.nanoTime());
        long t0 = o.textMicros().getFirst();
        System.out.println("sent " + o.textMicros().stream().map(x -> (x - t0) / 1000).toList());
        }
        TelegramRun run = new TelegramRun(TelegramRun.TELLING, true, false);
        BotDelivery d = run.delivery(run.connector(), NOW, Native.AUTO, LimitMemory.NONE);
        run.learn(d, Script.steady(1500).micros());
        Outcome o = run.play(d, many(3,Script.steady(1500)), Duration.ofMinutes(10));
        show("W6", o, 800, System.nanoTime());
        long t0 = o.textMicros().getFirst();
        System.out.println("sent " + o.textMicros().stream().map(x -> (x - t0) / 1000).toList());
        SlackRun sr = new SlackRun();
        d = sr.delivery(sr.connector(), NOW, Native.AUTO, LimitMemory.NONE);
        o = sr.play(d, List.of(Script.steady(12000)), Duration.ofMinutes(10));
        show("slack long", o, 800, System.nanoTime());
        long t1 = o.textMicros().getFirst();
        System.out.println("sent " + o.textMicros().stream().map(x -> (x - t1) / 1000).toList());
        System.out.println(o.answers().getFirst().text().stream().map(String::length).toList());
    }
}
