package io.erniegateway.config;

/**
 * What of a chat reaches the model.
 *
 * @param persona the system text sent with every question; may be empty; at most 20,000 UTF-16 units
 * @param historyTurns how many earlier questions with their answers are sent along, 0 to 200
 * @param historyCharacters how long that history may be in UTF-16 units, 0 to 2,000,000; the oldest turns go first
 * @param waitingPerChat how many questions may wait in one chat while an answer is running, 1 to 1,000
 * @param maxQuestionCharacters the longest question taken, in UTF-16 units, 1 to 1,000,000
 */
public record Conversation(
        String persona, int historyTurns, int historyCharacters, int waitingPerChat, int maxQuestionCharacters) {}
