package calico.preflight.facts.probe.flow;

import calico.preflight.facts.probe.flow.Message.Verb;
import java.io.IOException;
import java.time.Duration;

/** The other host of a session: what it is to do is said over the control connection. */
final class RemoteEnd implements End {

    /** Longer than a connection attempt takes on the other side. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final ControlChannel channel;

    RemoteEnd(ControlChannel channel) {
        this.channel = channel;
    }

    @Override
    public Readiness listen(Traffic traffic) throws IOException {
        Message answer =
                ask(Verb.LISTENING, Message.of(Verb.LISTEN, traffic.protocol().label(), traffic.port()), PATIENCE);
        return new Readiness(answer.one(0, Readiness.Mode.values()), answer.word(1));
    }

    @Override
    public Sending send(Traffic traffic, Packet packet) throws IOException {
        Message answer = ask(
                Verb.SENDING,
                Message.of(
                        Verb.SEND,
                        traffic.protocol().label(),
                        traffic.port(),
                        packet.number(),
                        packet.bytes(),
                        packet.whole(),
                        packet.greet()),
                PATIENCE);
        return new Sending(answer.one(0, Sending.Result.values()), answer.word(1));
    }

    @Override
    public boolean arrived(int number, Duration patience) throws IOException {
        Message question = Message.of(Verb.ARRIVED, number, patience.toMillis());
        return ask(Verb.ANSWER, question, PATIENCE.plus(patience)).flag(0);
    }

    @Override
    public void stop() throws IOException {
        ask(Verb.DONE, Message.of(Verb.STOP), PATIENCE);
    }

    private Message ask(Verb wanted, Message question, Duration patience) throws IOException {
        channel.send(question);
        Message answer = channel.receive(patience);
        if (answer.verb() != wanted) {
            throw new ProbeException("it answers " + answer.verb() + " to " + question.verb());
        }
        return answer;
    }
}
