package calico.preflight.engine.drl;

/**
 * One rule of our language, as far as it is compared with what Drools reads.
 *
 * @param name the phrase that findings show
 * @param place where the name stands
 * @param salience the number as written, empty where there is none
 * @param conditions what must hold
 * @param consequence the statements between {@code then} and {@code end}, without white space
 */
record ParsedRule(String name, Token place, String salience, Shape conditions, String consequence) {}
