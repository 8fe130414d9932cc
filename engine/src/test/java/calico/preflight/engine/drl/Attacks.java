package calico.preflight.engine.drl;

import calico.preflight.engine.drl.Attack.Deed;
import java.util.ArrayList;
import java.util.List;

/** The attacks: those of which something is known, and their variants. */
final class Attacks {

    private static final String TOUCH = "new java.io.File(\"MARKER\").createNewFile()";
    private static final String TOOL = "calico.preflight.engine.drl.words.Tool";
    private static final String FORGED = "insert(new Verdict($d, \"FORGED\", \"forged\"));";

    private final List<Attack> attacks = new ArrayList<>();

    private Attacks() {}

    static List<Attack> all() {
        Attacks all = new Attacks();
        all.consequences();
        all.constraints();
        all.conditions();
        all.attributes();
        all.statements();
        all.members();
        all.constructs();
        all.disagreements();
        all.exhaustion();
        return all.attacks;
    }

    private void touches(String kind, String name, String rules) {
        attacks.add(new Attack(kind, name, Deed.TOUCHES, Words.HEAD + rules));
    }

    private void forges(String kind, String name, String rules) {
        attacks.add(new Attack(kind, name, Deed.FORGES, Words.HEAD + rules));
    }

    /** A rule that fires once. */
    private static String rule(String when, String then) {
        return rule("", when, then);
    }

    private static String rule(String attributes, String when, String then) {
        return "rule \"attack\" " + attributes + "\nwhen\n    " + when + "\nthen\n    " + then + "\nend\n";
    }

    private static String consequence(String then) {
        return rule("$d : KernelVersionDemand()", then);
    }

    private static String condition(String when) {
        return rule(when, "insert(new Remark(\"done\", 1));");
    }

    private void consequences() {
        String java = "java consequence";
        touches(java, "dialect of the rule", rule("dialect \"java\"", "Lever()", TOUCH + ";"));
        attacks.add(new Attack(
                java,
                "dialect of the package",
                Deed.TOUCHES,
                Words.HEAD.replace("mvel", "java") + consequence("if (true) { " + TOUCH + "; }")));
        attacks.add(new Attack(
                java,
                "no dialect",
                Deed.TOUCHES,
                Words.HEAD.replace("dialect \"mvel\"", "") + consequence("for (;;) { " + TOUCH + "; break; }")));
        attacks.add(new Attack(
                java,
                "a lambda",
                Deed.TOUCHES,
                Words.HEAD.replace("mvel", "java")
                        + consequence("Runnable r = () -> " + TOOL + ".touch(\"MARKER\"); r.run();")));

        String mvel = "mvel consequence";
        touches(mvel, "a call", consequence(TOUCH + ";"));
        touches(mvel, "an assignment", consequence("f = new java.io.FileWriter(\"MARKER\"); f.close();"));
        touches(mvel, "inside an insert", consequence("insert(new Remark(\"x\" + " + TOUCH + ", 1));"));
        touches(mvel, "after an insert on the same line", consequence("insert(new Remark(\"x\", 1)); " + TOUCH + ";"));
        touches(mvel, "a static method", consequence(TOOL + ".touch(\"MARKER\");"));
        touches(mvel, "a conditional expression", consequence("insert(new Remark(" + TOUCH + " ? \"a\" : \"b\", 1));"));
        touches(mvel, "another type is inserted", consequence("insert(new java.io.FileWriter(\"MARKER\"));"));
        touches(mvel, "a loop", consequence("foreach (x : {1, 2}) { " + TOUCH + "; }"));

        String reflection = "reflection from a java consequence";
        for (String way : List.of(
                "Class.forName(\"" + TOOL + "\").getMethod(\"touch\", String.class).invoke(null, \"MARKER\");",
                "$d.getClass().getClassLoader().loadClass(\"" + TOOL
                        + "\").getMethod(\"touch\", String.class).invoke(null, \"MARKER\");",
                "Thread.currentThread().getContextClassLoader().loadClass(\"java.io.FileWriter\")"
                        + ".getConstructor(String.class).newInstance(\"MARKER\");",
                "java.lang.invoke.MethodHandles.lookup().unreflect(" + TOOL
                        + ".class.getMethod(\"touch\", String.class)).invokeWithArguments(\"MARKER\");")) {
            attacks.add(new Attack(
                    reflection,
                    way.substring(0, 20),
                    Deed.TOUCHES,
                    Words.HEAD.replace("mvel", "java")
                            + consequence(
                                    "try { " + way + " } catch (Throwable t) { throw new RuntimeException(t); }")));
        }

        String literals = "static literals of MVEL";
        touches(
                literals,
                "Runtime in a consequence",
                consequence("Runtime.getRuntime().exec(\"touch MARKER\").waitFor();"));
        touches(
                literals,
                "Runtime in a constraint",
                condition("Lever(Runtime.getRuntime().exec(\"touch MARKER\").waitFor() == 0)"));
        touches(
                literals,
                "Runtime in an argument",
                consequence("insert(new Remark(\"x\", Runtime.getRuntime().exec(\"touch MARKER\").waitFor()));"));
        touches(
                literals,
                "Runtime in an assignment",
                consequence("r = Runtime.getRuntime(); r.exec(\"touch MARKER\").waitFor();"));
    }

    private void constraints() {
        String call = "method call in a constraint";
        touches(call, "an accessor with parentheses", condition("Lever(pull() == true)"));
        touches(call, "a bare call", condition("Lever(pull())"));
        touches(call, "this", condition("Lever(name == \"lever\", this.pull() == true)"));
        touches(call, "of a member", condition("Lever(name == \"lever\" && handle.createNewFile() == true)"));
        touches(call, "of a variable", condition("$l : Lever() Crank($l.pull() == true)"));
        touches(call, "a static one", condition("Lever(" + TOOL + ".touch(\"MARKER\") == true)"));
        touches(
                call,
                "a method of every text",
                condition("Lever(name.getClass().getClassLoader() == null, name.toString().isEmpty() || pull())"));

        String constructor = "new in a constraint";
        touches(constructor, "as the constraint", condition("Lever(" + TOUCH + ")"));
        touches(constructor, "on the left", condition("Lever(" + TOUCH + " == true)"));
        touches(constructor, "on the right", condition("Lever(name != (\"\" + " + TOUCH + "))"));
        touches(constructor, "after and", condition("Lever(name == \"lever\" && " + TOUCH + ")"));
        touches(constructor, "below a not", condition("Lever() not Crank(" + TOUCH + " == false)"));

        String eval = "eval";
        touches(eval, "as a condition", condition("Lever() eval(" + TOUCH + ")"));
        touches(eval, "in a pattern", condition("Lever(eval(" + TOUCH + "))"));
        touches(eval, "below not", condition("Lever() not (eval(" + TOUCH + "))"));
        touches(eval, "of a variable", condition("$l : Lever() eval($l.pull())"));

        String other = "other operators and expressions";
        touches(other, "indexing", condition("Lever(name.split(\"\")[pull() ? 0 : 1] != \"x\")"));
        touches(other, "a cast", condition("$c : Crank(lever#Lever.pull() == true)"));
        touches(other, "null-safe", condition("Crank(lever!.pull() == true)"));
        touches(other, "unification", condition("$x := Lever(pull == true)"));
        touches(other, "conditional", condition("Lever(name != (pull() ? \"a\" : \"b\"))"));
        touches(other, "arithmetic", condition("Lever(name == \"\" + pull())"));
        touches(other, "a list", condition("Lever(name not in (pull(), handle))"));
        touches(other, "instanceof", condition("Lever(pull instanceof Boolean)"));
        touches(other, "a group of members", condition("Lever(this.(name == \"lever\", pull == true))"));
    }

    private void conditions() {
        String from = "from";
        touches(from, "an expression", condition("Boolean() from " + TOUCH));
        touches(from, "a static method", condition("Boolean() from " + TOOL + ".touch(\"MARKER\")"));
        touches(from, "a variable", condition("$l : Lever() Boolean() from $l.pull()"));
        touches(from, "a list", condition("$l : Lever() Boolean() from ($l.pull() ? true : false)"));

        String accumulate = "accumulate";
        touches(
                accumulate,
                "inline init",
                condition("Number() from accumulate(Lever(), init(" + TOUCH
                        + "; int n = 0;) action(n += 1;) result(n))"));
        touches(
                accumulate,
                "inline action",
                condition("Number() from accumulate($l : Lever(), init(int n = 0;) action($l.pull();) result(n))"));
        touches(
                accumulate,
                "inline result",
                condition("Object() from accumulate(Lever(), init(int n = 0;) action(n += 1;) result(" + TOUCH + "))"));
        touches(accumulate, "a function", condition("accumulate($l : Lever(); $c : count($l.pull()))"));

        String collect = "collect";
        touches(collect, "in its pattern", condition("java.util.ArrayList() from collect(Lever(" + TOUCH + "))"));
        touches(collect, "in its result", condition("java.util.ArrayList(" + TOUCH + ") from collect(Lever())"));
        touches(
                collect,
                "a call in its pattern",
                condition("$all : java.util.ArrayList(size > 0) from collect(Lever(pull()))"));

        String query = "arguments of a query";
        String is = "query is(boolean b)\n    b := Boolean()\nend\n";
        touches(query, "a constructor", is + condition("Lever() is(" + TOUCH + ";)"));
        touches(query, "a call", is + condition("$l : Lever() is($l.pull();)"));
        touches(query, "a pull query", is + condition("Lever() ?is(" + TOOL + ".touch(\"MARKER\");)"));

        String forall = "forall";
        touches(forall, "a call", condition("forall(Lever(pull()))"));
        touches(forall, "a constructor", condition("forall(Lever(" + TOUCH + " == true))"));
        touches(forall, "two patterns", condition("forall($l : Lever() Lever(this == $l, pull()))"));
    }

    private void attributes() {
        String salience = "dynamic salience";
        touches(
                salience,
                "a conditional",
                rule("salience (" + TOUCH + " ? 1 : 2)", "Lever()", "insert(new Remark(\"x\", 1));"));
        touches(
                salience,
                "a variable",
                rule("salience ($l.pull() ? 1 : 2)", "$l : Lever()", "insert(new Remark(\"x\", 1));"));
        touches(
                salience,
                "a static method",
                rule("salience (" + TOOL + ".touch(\"MARKER\") ? 1 : 2)", "Lever()", "insert(new Remark(\"x\", 1));"));

        String enabled = "enabled expression";
        touches(enabled, "a constructor", rule("enabled (" + TOUCH + ")", "Lever()", "insert(new Remark(\"x\", 1));"));
        touches(enabled, "a variable", rule("enabled ($l.pull())", "$l : Lever()", "insert(new Remark(\"x\", 1));"));
        touches(
                enabled,
                "a static method",
                rule("enabled (" + TOOL + ".touch(\"MARKER\"))", "Lever()", "insert(new Remark(\"x\", 1));"));

        String other = "other attributes";
        for (String attribute : List.of(
                "no-loop true",
                "lock-on-active false",
                "activation-group \"g\"",
                "agenda-group \"MAIN\"",
                "date-effective \"01-Jan-2001\"",
                "date-expires \"01-Jan-2999\"",
                "enabled true",
                "@secret(\"yes\")")) {
            forges(other, attribute, rule(attribute, "$d : KernelVersionDemand()", FORGED));
        }
    }

    private void statements() {
        String function = "function";
        touches(
                function,
                "in a consequence",
                "function void go() { try { " + TOUCH + "; } catch (java.io.IOException e) {} }\n"
                        + consequence("go();"));
        touches(
                function,
                "in a constraint",
                "function boolean go() { return " + TOOL + ".touch(\"MARKER\"); }\n" + condition("Lever(go())"));
        touches(
                function,
                "in an argument",
                "function String go(String s) { " + TOOL + ".touch(s); return s; }\n"
                        + consequence("insert(new Remark(go(\"MARKER\"), 1));"));

        String imports = "import of a function";
        touches(imports, "import function", "import function " + TOOL + ".touch\n" + consequence("touch(\"MARKER\");"));
        touches(imports, "import static", "import static " + TOOL + ".touch\n" + condition("Lever(touch(\"MARKER\"))"));
        touches(imports, "all of a class", "import function " + TOOL + ".*\n" + consequence("touch(\"MARKER\");"));

        String types = "import of another type";
        touches(types, "by name", "import java.io.FileWriter\n" + consequence("insert(new FileWriter(\"MARKER\"));"));
        touches(types, "by wildcard", "import java.io.*\n" + consequence("insert(new FileWriter(\"MARKER\"));"));
        touches(
                types,
                "of the vocabulary's package",
                "import " + TOOL + "\n" + condition("Lever(Tool.touch(\"MARKER\"))"));
        touches(types, "by the name of the package", consequence("insert(new java.io.FileOutputStream(\"MARKER\"));"));
        attacks.add(new Attack(
                types,
                "by the package of the rules",
                Deed.TOUCHES,
                Words.HEAD.replace("package calico.preflight.rules", "package calico.preflight.engine.drl.words")
                        + condition("Lever(Tool.touch(\"MARKER\"))")));

        String declare = "declare";
        touches(
                declare,
                "an initialiser",
                "declare Trap\n    done : boolean = (" + TOOL + ".touch(\"MARKER\"))\nend\n"
                        + consequence("insert(new Trap());"));
        touches(
                declare,
                "an initialiser with new",
                "declare Trap\n    out : Object = " + TOOL + ".touch(\"MARKER\")\nend\n"
                        + consequence("insert(new Trap());"));
        touches(
                declare,
                "a subclass",
                "declare Trap extends java.util.ArrayList\n    out : Object = (" + TOOL + ".touch(\"MARKER\"))\nend\n"
                        + consequence("insert(new Trap());"));

        String global = "global";
        touches(global, "in a consequence", "global " + TOOL + " tool\n" + consequence("tool.create(\"MARKER\");"));
        touches(global, "in a constraint", "global " + TOOL + " tool\n" + condition("Lever(tool.create(\"MARKER\"))"));
        touches(global, "in from", "global " + TOOL + " tool\n" + condition("Boolean() from tool.create(\"MARKER\")"));
    }

    private void members() {
        String receiver = "members of any receiver";
        touches(receiver, "not listed for this type", condition("Lever(pull == true)"));
        touches(receiver, "bound", rule("Lever($p : pull)", "insert(new Remark(\"x\" + $p, 1));"));
        touches(receiver, "of a variable", condition("$l : Lever() Crank(pull != $l.pull)"));
        touches(receiver, "of a member", condition("Crank(lever.pull == true)"));
        touches(receiver, "of a bound member", condition("Crank($l : lever) Lever(name != $l.pull)"));
        touches(receiver, "in an argument", rule("$l : Lever()", "insert(new Remark(\"x\" + $l.pull, 1));"));
    }

    private void constructs() {
        String named = "named consequences";
        forges(
                named,
                "do",
                "rule \"attack\"\nwhen\n    $d : KernelVersionDemand() do[other]\nthen\n    insert(new Remark(\"x\", 1));\n"
                        + "then[other]\n    " + FORGED + "\nend\n");
        forges(
                named,
                "if",
                "rule \"attack\"\nwhen\n    $d : KernelVersionDemand()\n    if ($d.id() != \"x\") do[other]\nthen\n"
                        + "    insert(new Remark(\"x\", 1));\nthen[other]\n    " + FORGED + "\nend\n");
        forges(
                named,
                "break",
                "rule \"attack\"\nwhen\n    $d : KernelVersionDemand()\n    if ($d.id() != \"x\") break[other]\nthen\n"
                        + "    insert(new Remark(\"x\", 1));\nthen[other]\n    " + FORGED + "\nend\n");
        touches(named, "an expression in if", """
                rule "attack"
                when
                    $l : Lever()
                    if ($l.pull()) do[other]
                then
                    insert(new Remark("x", 1));
                then[other]
                    insert(new Remark("y", 1));
                end
                """);

        String entry = "entry points";
        forges(
                entry,
                "not from an entry point",
                rule("$d : KernelVersionDemand() not Observation() from entry-point \"nowhere\"", FORGED));
        forges(
                entry,
                "declared",
                "declare entry-point \"nowhere\" end\n"
                        + rule("$d : KernelVersionDemand() not Observation() from entry-point nowhere", FORGED));
        forges(
                entry,
                "filled by a consequence",
                "rule \"fill\"\nwhen\n    $d : KernelVersionDemand()\nthen\n"
                        + "    drools.getEntryPoint(\"side\").insert($d);\nend\n"
                        + rule("$d : KernelVersionDemand() from entry-point \"side\"", FORGED));

        String window = "windows";
        String event = "declare Observation\n    @role(event)\nend\n";
        forges(
                window,
                "length",
                event + rule("$d : KernelVersionDemand() Observation() over window:length(1)", FORGED));
        forges(window, "time", event + rule("$d : KernelVersionDemand() Observation() over window:time(1h)", FORGED));
        forges(
                window,
                "declared",
                event + "declare window Last\n    Observation() over window:length(1)\nend\n"
                        + rule("$d : KernelVersionDemand() Observation() from window Last", FORGED));

        String parents = "extends";
        String parent =
                "rule \"parent\"\nwhen\n    $d : KernelVersionDemand()\nthen\n    insert(new Remark(\"x\", 1));\nend\n";
        forges(
                parents,
                "the variables of another rule",
                parent + "rule \"attack\" extends \"parent\"\nwhen\n    Lever()\nthen\n    " + FORGED + "\nend\n");
        forges(
                parents,
                "no condition of its own",
                parent + "rule \"attack\" extends \"parent\"\nwhen\nthen\n    " + FORGED + "\nend\n");
        forges(
                parents,
                "with an attribute",
                parent + "rule \"attack\" extends \"parent\" salience 1\nwhen\n    Lever()\nthen\n    " + FORGED
                        + "\nend\n");

        String changes = "changing and removing facts";
        forges(
                changes,
                "delete",
                rule("$d : KernelVersionDemand() $v : Observation(fact == \"os.id\")", "delete($v); " + FORGED));
        forges(
                changes,
                "update",
                rule("$d : KernelVersionDemand(), not Verdict()".replace(",", ""), "update($d); " + FORGED));
        forges(changes, "modify", rule("$d : KernelVersionDemand() not Verdict()", "modify($d) {} " + FORGED));
        forges(changes, "drools", rule("$d : KernelVersionDemand()", "drools.halt(); " + FORGED));
    }

    private void disagreements() {
        String kind = "disagreement between tokenizers";
        touches(
                kind,
                "single quotes that hold a double quote",
                consequence("insert(new Remark('\"', 1)); " + TOUCH + "; insert(new Remark('\"', 2));"));
        touches(
                kind,
                "an escaped quote",
                consequence("insert(new Remark(\"\\\"\", 1)); " + TOUCH + "; insert(new Remark(\"\\\"\", 2));"));
        touches(
                kind,
                "a unicode escape in a java consequence",
                rule(
                        "dialect \"java\"",
                        "Lever()",
                        "String s = \"\\u0022; " + TOUCH.replace("\"", "\\u0022") + "; s = \\u0022\";"));
        touches(kind, "a comment inside a comment", consequence("/* /* */ " + TOUCH + "; /* */ "));
        touches(
                kind,
                "a comment that does not end where it seems",
                consequence("insert(new Remark(\"/*\", 1)); " + TOUCH + "; insert(new Remark(\"*/\", 1));"));
        touches(
                kind,
                "a rule after a text with the word end",
                consequence("insert(new Remark(\"end\", 1));")
                        + consequence(TOUCH + ";").replace("attack", "second"));
        touches(
                kind,
                "a dollar sign within a name",
                "rule \"attack\"\nwhen\n    not$x : Lever(pull == true)\nthen\n    insert(new Remark(\"x\", 1));\nend\n");
        touches(kind, "a line separator", consequence("insert(new Remark(\"x\", 1)); /* \u2028 */ " + TOUCH + ";"));
        touches(
                kind,
                "a letter that is none of ours",
                rule("$\u00fc : Lever(pull == true)", "insert(new Remark(\"x\", 1));"));
        touches(
                kind,
                "a rule without quotes around its name",
                "rule attack when Lever(pull == true) then insert(new Remark(\"x\", 1)); end\n");
    }

    private void exhaustion() {
        String regex = "regular expressions that do not end";
        for (String expression : List.of(
                "a*".repeat(8) + "b", "[a-z]*".repeat(8) + "1", "(?:a|b)*?".repeat(8) + "c", ".*".repeat(8) + "1")) {
            attacks.add(new Attack(
                    regex,
                    expression,
                    Deed.HANGS,
                    Words.HEAD + condition("Observation(text matches \"" + expression + "\")")));
        }

        String joins = "joins without a key";
        attacks.add(new Attack(
                joins,
                "cross product",
                Deed.HANGS,
                Words.HEAD
                        + condition("Remark(number >= 0) Remark(number >= 0) Remark($a : number)"
                                + " Remark(number > $a, number < $a)")));
        attacks.add(
                new Attack(
                        joins,
                        "an inequality with a variable",
                        Deed.HANGS,
                        Words.HEAD
                                + condition(
                                        "Remark($a : number) Remark($b : number != $a) Remark($c : number != $b) Remark(number != $c, number < $b, number > $b)")));
        attacks.add(new Attack(
                joins,
                "an equality below or",
                Deed.HANGS,
                Words.HEAD
                        + condition(
                                "Remark($a : number) Remark($b : number, number == $a || number != $a) Remark($c : number, number == $b || number != $b)"
                                        + " Remark(number == $c || number != $c, number < $c && number > $c)")));
        attacks.add(
                new Attack(
                        joins,
                        "below not",
                        Deed.HANGS,
                        Words.HEAD
                                + condition(
                                        "Remark($a : number) not (Remark($b : number >= 0) and Remark($c : number >= 0) and Remark($e : number > $c, number < $c))")));

        String huge = "huge sources";
        attacks.add(new Attack(
                huge,
                "a long comment",
                Deed.COMPILES,
                Words.HEAD + "/*" + "x".repeat(300_000) + "*/\n" + consequence(FORGED)));
        StringBuilder rules = new StringBuilder(Words.HEAD);
        for (int i = 0; i < 501; i++) {
            rules.append("rule \"").append(i).append("\" when Lever() then insert(new Remark(\"x\", 1)); end\n");
        }
        attacks.add(new Attack(huge, "many rules", Deed.COMPILES, rules.toString()));
        attacks.add(new Attack(
                huge,
                "many patterns",
                Deed.COMPILES,
                Words.HEAD + condition("Lever($n : name) " + "Lever(name == $n) ".repeat(20))));
        attacks.add(new Attack(
                huge,
                "a long consequence",
                Deed.COMPILES,
                Words.HEAD + consequence("insert(new Remark(\"x\", 1));\n".repeat(100))));
        attacks.add(new Attack(
                huge,
                "a long text",
                Deed.COMPILES,
                Words.HEAD + consequence("insert(new Remark(\"" + "x".repeat(1_000) + "\", 1));")));
        attacks.add(new Attack(
                huge,
                "many comparisons",
                Deed.COMPILES,
                Words.HEAD + condition("Lever(name == \"lever\"" + " && name == \"lever\"".repeat(60) + ")")));
        attacks.add(new Attack(
                huge,
                "deep parentheses in a constraint",
                Deed.CRASHES,
                Words.HEAD + condition("Lever(" + "(".repeat(20_000) + "name == \"x\"" + ")".repeat(20_000) + ")")));
        attacks.add(new Attack(
                huge,
                "deep groups",
                Deed.CRASHES,
                Words.HEAD + condition("(".repeat(20_000) + "Lever()" + ")".repeat(20_000))));
    }
}
