package calico.preflight.engine.drl;

import java.util.List;

/** Rules in our style, each in a file of its own. */
final class LegitimateRules {

    private LegitimateRules() {}

    static List<RuleSource> all() {
        return List.of(
                file("kernel.drl", """
                        // A comment with "quotes", an insert(new Nothing()); and the word end
                        rule "a kernel at or above the minimum is recent enough"
                            salience 10
                        when
                            $demand : KernelVersionDemand($fact : fact, $minimum : minimum)
                            Observation(fact == $fact, state == "known", version >= $minimum, $version : version)
                            not Verdict(demand == $demand)
                        then
                            insert(new Verdict($demand, "PASS", "kernel {} is {} or newer", $version, $minimum));
                        end

                        rule "a kernel below the minimum is too old"
                        when
                            $demand : KernelVersionDemand($fact : fact, $minimum : minimum)
                            Observation(fact == $fact, state == "known", !(version >= $minimum))
                        then
                            insert(new Verdict($demand, "FAIL", "too old"));
                        end
                        """),
                file("distribution.drl", """
                        rule "a listed distribution"
                        when
                            $demand : OneOfDemand($fact : fact, $anyOf : anyOf, strict == true)
                            Observation(fact == $fact && text memberOf $anyOf)
                        then
                            insert(new Verdict($demand, "PASS", "listed"));
                            insert(new Remark("seen", -1));
                        end
                        """),
                file("unknown.drl", """
                        rule "a fact that nobody looked for (of any demand)" salience -5
                        when
                            $demand : Demand($fact : fact)
                            not Observation(fact == $fact)
                        then
                            insert(new Verdict($demand, "UNKNOWN", "nothing settles it"));
                        end
                        """),
                file("either.drl", """
                        rule "one state or another"
                        when
                            $demand : Demand($id : id, $fact : fact)
                            Observation(fact == $fact, (state == "absent" || state == "unknown") || text == "debian")
                        then
                            insert(new Remark("either", 7));
                        end
                        """),
                file("exists.drl", """
                        rule "exists, once however many there are"
                        when
                            exists Remark(number >= 10, number < 20)
                        then
                            insert(new Remark("ten", 1000));
                        end
                        """),
                file("groups.drl", """
                        rule "groups"
                        when
                            $demand : Demand($fact : fact)
                            ( Observation(fact == $fact, items contains "ip_set") or Observation(fact == $fact, state == "absent") )
                            not ( Observation($f : fact, state == "absent", fact == $fact) and Verdict(demand == $demand, reason == $f) )
                        then
                            insert(new Remark("groups", 8));
                        end
                        """),
                file("lines.drl", """
                        rule
                            "over many lines"
                        when
                            $demand
                              : KernelVersionDemand(
                                    $fact : fact,   /* a comment in the middle */
                                    id == "kernel-version"
                                )
                        then
                            insert(
                                new Verdict(
                                    $demand,   // and another
                                    "WARN",
                                    "with (brackets), semicolons; and an end"
                                )
                            );
                        end
                        """),
                file("receiver.drl", """
                        rule "the member of a bound pattern"
                        when
                            $demand : Demand()
                            Observation(fact == $demand.fact, items not contains "nothing", text not memberOf items)
                        then
                            insert(new Remark("receiver", 9));
                        end
                        """),
                file("operators.drl", """
                        rule "all the operators"
                        when
                            Remark($n : number, text == "remark", number > 3, number <= 5, number != 4)
                            exists (Remark(number == $n, text != "other") or Remark(number == $n, text == "other"))
                        then
                            insert(new Remark("operators", $n));
                        end
                        """),
                file("negated.drl", """
                        rule "no lever of another name"
                        when
                            not Lever(name != "lever")
                            Lever($name : name)
                            not (Observation(fact == $name) or Demand(id == $name))
                        then
                            insert(new Remark($name, 0));
                        end
                        """),
                file("derived.drl", """
                        rule "a remark about a verdict"
                        when
                            Verdict($demand : demand, outcome == "PASS")
                            exists Verdict(demand == $demand, reason != "none")
                        then
                            insert(new Remark("passed", 1));
                        end
                        """));
    }

    private static RuleSource file(String name, String rules) {
        return new RuleSource(name, Words.HEAD + rules);
    }
}
