package calico.preflight.cli.option;

/** What options are about, in the order in which help lists them. */
public enum Section {
    /** What is to be run. */
    TARGET("Target (defaults: those of the documents for the version and platform):"),
    /** The host that is looked at. */
    HOST("Host:"),
    /** Many hosts that are reached through ssh. */
    HOSTS("Hosts through ssh:"),
    /** The datastore that is asked. */
    DATASTORE("Datastore (nobody is contacted unless it is named here):"),
    /** How hosts find each other. */
    CONNECTION("Connection:"),
    /** When a run succeeds. */
    SUCCESS("Success:"),
    /** Which rules are used. */
    RULES("Rules:"),
    /** How a result is written, and where to. */
    OUTPUT("Output:"),
    /** What is of one command alone. */
    OTHERS("Options:");

    private final String heading;

    Section(String heading) {
        this.heading = heading;
    }

    /** What stands above the options in the help. */
    public String heading() {
        return heading;
    }
}
