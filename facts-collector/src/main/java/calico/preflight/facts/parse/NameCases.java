package calico.preflight.facts.parse;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All names that a pattern stands for, as few cases: the pattern and every pattern of a configuration are run in step over
 * all names of up to 15 characters; names at which all of them are in the same state are one case.
 */
final class NameCases {

    /** Beyond this many steps (cases times letters times patterns) the configuration is not worth deciding. */
    private static final long MAX_WORK = 3_000_000;

    /** A letter that stands for all that no pattern names: the first of these that is free. */
    private static final String SPARE_LETTERS = "xyzwvuqkj0123456789abcdefghilmnoprst_XYZABCDEFGHIJKLMNOPQRSTUVW";

    private NameCases() {}

    /** A case: an example of a name, and whether a pattern accepts it. */
    interface Case {
        void accept(String name, Predicate<NameGlob> accepting);
    }

    /** One set of states, one state for each glob, and the shortest name that leads there. */
    private record Node(String name, List<Long> states) {}

    /**
     * Gives each case of names that the first glob accepts, shortest example first.
     *
     * @return false where there would be too many
     */
    static boolean forEach(List<NameGlob> globs, Case consumer) {
        String letters = letters(globs);
        Map<NameGlob, Integer> index = new HashMap<>();
        globs.forEach(glob -> index.put(glob, index.size()));
        long work = 0;
        Set<List<Long>> seen = new HashSet<>();
        Deque<Node> open = new ArrayDeque<>();
        List<Long> start = globs.stream().map(NameGlob::start).toList();
        open.add(new Node("", start));
        while (!open.isEmpty()) {
            Node node = open.remove();
            if (!node.name().isEmpty() && globs.get(0).accepts(node.states().get(0))) {
                consumer.accept(node.name(), glob -> {
                    Integer i = index.get(glob);
                    return i != null && glob.accepts(node.states().get(i));
                });
            }
            if (node.name().length() == NameGlob.LONGEST_NAME) {
                continue;
            }
            for (int l = 0; l < letters.length(); l++) {
                char letter = letters.charAt(l);
                work += globs.size();
                Long[] next = new Long[globs.size()];
                for (int i = 0; i < next.length; i++) {
                    next[i] = globs.get(i).step(node.states().get(i), letter);
                }
                List<Long> states = Arrays.asList(next);
                if (!NameGlob.isDead(next[0]) && seen.add(states)) {
                    open.add(new Node(node.name() + letter, states));
                }
            }
            if (work > MAX_WORK) {
                return false;
            }
        }
        return true;
    }

    private static String letters(List<NameGlob> globs) {
        Set<Character> letters = new LinkedHashSet<>();
        for (NameGlob glob : globs) {
            for (int i = 0; i < glob.characters().length(); i++) {
                char c = glob.characters().charAt(i);
                // No interface has such a character in its name (dev_valid_name in net/core/dev.c).
                if (c != '/' && c != ':' && !KeyFile.isSpace(c)) {
                    letters.add(c);
                }
            }
        }
        for (int i = 0; i < SPARE_LETTERS.length(); i++) {
            if (letters.add(SPARE_LETTERS.charAt(i))) {
                break;
            }
        }
        StringBuilder text = new StringBuilder();
        letters.forEach(text::append);
        return text.toString();
    }
}
