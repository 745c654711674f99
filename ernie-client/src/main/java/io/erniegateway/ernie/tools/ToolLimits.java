package io.erniegateway.ernie.tools;

import java.time.Duration;

/**
 * The bounds of an answer with functions. The model decides how often it calls; these decide how often it may.
 *
 * @param rounds model calls for one answer, 2 to 50; in the last one calls are forbidden, so that the model has to
 *     answer. Models that find no result tend to call for ever, and every round pays for the whole history again
 * @param callsPerTurn functions run for one turn of the model, 1 to 128; the calls beyond get an error as their result.
 *     They all run at once, so this is also the bound on parallel work
 * @param timeout of one function, 1 ms to 1 hour; the user is waiting meanwhile
 * @param resultCharacters of one result, 200 to 1,000,000; the rest is cut and marked. Each result is sent again with
 *     every later round: 16,000 characters are some 4,000 to 16,000 tokens
 * @param argumentCharacters of one call's arguments, 2 to 1,000,000; longer ones are not even parsed
 */
public record ToolLimits(int rounds, int callsPerTurn, Duration timeout, int resultCharacters, int argumentCharacters) {

    private static final int LEAST_ROUNDS = 2;
    private static final int MOST_ROUNDS = 50;
    private static final int MOST_CALLS = 128;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Less would not hold the text of an error. */
    private static final int LEAST_RESULT = 200;

    /** The shortest arguments, an empty object. */
    private static final int LEAST_ARGUMENTS = 2;

    private static final int MOST_CHARACTERS = 1_000_000;

    /** 8 rounds, 16 calls a turn of 30 seconds each, 16,000 characters of result, 64,000 of arguments. */
    public static final ToolLimits DEFAULT = new ToolLimits(8, 16, Duration.ofSeconds(30), 16_000, 64_000);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the limit and its range
     */
    public ToolLimits {
        check("rounds", rounds, LEAST_ROUNDS, MOST_ROUNDS);
        check("callsPerTurn", callsPerTurn, 1, MOST_CALLS);
        check("resultCharacters", resultCharacters, LEAST_RESULT, MOST_CHARACTERS);
        check("argumentCharacters", argumentCharacters, LEAST_ARGUMENTS, MOST_CHARACTERS);
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout: must be from 1 ms to 1 hour, not " + timeout);
        }
    }

    /** These with so many model calls for one answer. */
    public ToolLimits withRounds(int number) {
        return new ToolLimits(number, callsPerTurn, timeout, resultCharacters, argumentCharacters);
    }

    /** These with so many functions for one turn. */
    public ToolLimits withCallsPerTurn(int number) {
        return new ToolLimits(rounds, number, timeout, resultCharacters, argumentCharacters);
    }

    /** These with so much time for a function. */
    public ToolLimits withTimeout(Duration time) {
        return new ToolLimits(rounds, callsPerTurn, time, resultCharacters, argumentCharacters);
    }

    /** These with results of that length. */
    public ToolLimits withResultCharacters(int number) {
        return new ToolLimits(rounds, callsPerTurn, timeout, number, argumentCharacters);
    }

    /** These with arguments of that length. */
    public ToolLimits withArgumentCharacters(int number) {
        return new ToolLimits(rounds, callsPerTurn, timeout, resultCharacters, number);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": must be from " + least + " to " + most + ", not " + value);
        }
    }
}
