package calico.preflight.facts.probe.flow;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one end says to the other over the control connection: lines of UTF-8, of which the first is the verb.
 *
 * @param verb what is asked or answered
 * @param words what belongs to it
 */
record Message(Verb verb, List<String> words) {

    /** The longest message, in bytes. */
    static final int MAX_BYTES = 1024;

    private static final int MAX_WORDS = 8;
    private static final int MAX_WORD = 200;
    private static final int MAX_NUMBER_DIGITS = 9;

    /** All that can be said. */
    enum Verb {
        /** serve: it is your turn. */
        WELCOME,
        /** run: listen for PROTOCOL PORT. */
        LISTEN,
        /** serve: how it listens, and what there is to say of it: MODE WHY. */
        LISTENING,
        /** run: send PROTOCOL PORT NUMBER BYTES WHOLE GREET. */
        SEND,
        /** serve: what became of it: RESULT WHY. */
        SENDING,
        /** run: did the packet NUMBER arrive within MILLISECONDS? */
        ARRIVED,
        /** serve: true or false. */
        ANSWER,
        /** run: listen no longer. */
        STOP,
        /** serve: done. */
        DONE,
        /** run: that is all. */
        BYE
    }

    Message {
        words = List.copyOf(words);
    }

    /** A message of these words, of which long ones are cut. */
    static Message of(Verb verb, Object... words) {
        return new Message(
                verb,
                Arrays.stream(words)
                        .map(String::valueOf)
                        .map(word -> word.substring(0, Math.min(word.length(), MAX_WORD)))
                        .toList());
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(verb.name());
        words.forEach(word -> text.append('\n').append(word.replace('\n', ' ')));
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("a message of " + bytes.length + " bytes");
        }
        return bytes;
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws ProbeException for anything else
     */
    static Message of(byte[] bytes) throws ProbeException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProbeException("a message that is no text");
        }
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        if (lines.size() > 1 + MAX_WORDS) {
            throw new ProbeException("a message of too many words");
        }
        String first = lines.remove(0);
        Optional<Verb> verb = Arrays.stream(Verb.values())
                .filter(known -> known.name().equals(first))
                .findFirst();
        return new Message(verb.orElseThrow(() -> new ProbeException("a message of no known kind")), lines);
    }

    /** The word at this place. */
    String word(int index) throws ProbeException {
        if (index >= words.size()) {
            throw new ProbeException(verb + " lacks a word");
        }
        return words.get(index);
    }

    /** The word at this place as a whole number from 0 to this one. */
    int number(int index, int most) throws ProbeException {
        String word = word(index);
        boolean digits = !word.isEmpty()
                && word.length() <= MAX_NUMBER_DIGITS
                && word.chars().allMatch(character -> character >= '0' && character <= '9');
        if (!digits || Integer.parseInt(word) > most) {
            throw new ProbeException(verb + " has no number from 0 to " + most);
        }
        return Integer.parseInt(word);
    }

    /** The word at this place, which says yes or no. */
    boolean flag(int index) throws ProbeException {
        String word = word(index);
        if (!word.equals("true") && !word.equals("false")) {
            throw new ProbeException(verb + " is neither true nor false");
        }
        return word.equals("true");
    }

    /** The word at this place, which names one of these values. */
    <E extends Enum<E>> E one(int index, E[] values) throws ProbeException {
        String word = word(index);
        return Arrays.stream(values)
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProbeException(verb + " has a word that is none of its own"));
    }
}
