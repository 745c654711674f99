package io.erniegateway.gateway.conversation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything the gateway says in its own name: one kind sentence, never a code or a stack trace. */
public enum Phrase {
    WELCOME(
            "你好！我是你的助手，直接把问题发给我就行。发送 /help 查看可用的命令。",
            "Hello! I am your assistant: just send me a question. /help shows what else I understand."),
    HELP("""
            直接发消息就可以提问，回答会边生成边显示。

            - /new 开始新的对话（忘记之前的内容）
            - /stop 停止正在生成的回答
            - /retry 重新回答上一个问题
            - /help 显示本帮助

            在群里请 @我 或回复我的消息。""", """
            Just write to ask; the answer appears while it is being written.

            - /new starts a new conversation (I forget what was said)
            - /stop stops the running answer
            - /retry answers your last question again
            - /help shows this text

            In groups, mention me or reply to me."""),
    FORGOTTEN("好的，我们重新开始。之前的对话我已经忘记了。", "Done: a fresh start. I have forgotten what was said before."),
    NOTHING_RUNNING("现在没有正在生成的回答。", "No answer is running right now."),
    NOTHING_TO_RETRY("还没有可以重新回答的问题。", "There is no question yet that I could answer again."),
    STOPPED("⏹ 已停止。", "⏹ Stopped."),
    CUT_AT_LIMIT("（回答达到长度上限，发送“继续”可以接着说。）", "(The answer reached its length limit; write “continue” for the rest.)"),
    INTERRUPTED("⚠️ 回答中断了，发送 /retry 可以重试。", "⚠️ The answer was interrupted. /retry tries again."),
    BUSY(
            "抱歉，现在提问的人有点多，请稍后发送 /retry 再试一次。",
            "Sorry, it is very busy right now. Please try again in a moment with /retry."),
    TOO_LONG(
            "抱歉，这段对话太长了。请发送 /new 重新开始，或缩短你的问题。",
            "Sorry, this conversation has become too long. Please start afresh with /new or shorten the question."),
    UNSAFE(
            "抱歉，这个话题我不能继续。我们换一个话题吧，之前的对话我已经忘记了。",
            "Sorry, I cannot go on with this subject. Let us talk about something else; I have forgotten what was said."),
    BROKEN(
            "抱歉，我暂时无法回答，已经通知管理员。请稍后再试。",
            "Sorry, I cannot answer at the moment. The operator has been told; please try again later."),
    EMPTY("抱歉，我没有得到回答，发送 /retry 可以重试。", "Sorry, no answer came. /retry tries again."),
    NOT_TEXT("抱歉，我目前只能阅读文字消息，请用文字描述你的问题。", "Sorry, I can only read text for now. Please put your question into words."),
    QUESTION_TOO_LONG(
            "抱歉，这条消息太长了，请缩短或分几次发送。", "Sorry, that message is too long for me. Please shorten it or send it in parts."),
    TOO_MANY(
            "我还在回答你前面的问题，请稍等一下再发。",
            "I am still answering your earlier questions; please wait a moment before the next one.");

    private static final Pattern COMMAND = Pattern.compile("/(new|stop|retry|help)");

    private final String chinese;
    private final String english;

    Phrase(String chinese, String english) {
        this.chinese = chinese;
        this.english = english;
    }

    /**
     * The sentence, as Markdown.
     *
     * @param commandPrefix what stands before the name of a command on the reader's platform
     */
    public String in(Tongue tongue, String commandPrefix) {
        String sentence = switch (tongue) {
            case CHINESE -> chinese;
            case ENGLISH -> english;
        };
        return COMMAND.matcher(sentence).replaceAll(Matcher.quoteReplacement(commandPrefix) + "$1");
    }
}
