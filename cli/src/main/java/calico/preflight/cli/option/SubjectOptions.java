package calico.preflight.cli.option;

/** What is judged: a host as it is, what was tried on it, the datastore it is to use, and what is planned for it. */
public final class SubjectOptions extends OptionGroup {

    private final RangeOptions ranges = with(new RangeOptions());

    private final HostOptions host = with(new HostOptions());

    private final ProbeOptions probe = with(new ProbeOptions());

    private final DatastoreOptions datastore = with(new DatastoreOptions());

    /** None is given yet. */
    public SubjectOptions() {
        super(Section.HOST);
    }

    /** The datastores that are asked. */
    public DatastoreOptions datastore() {
        return datastore;
    }

    /** The ranges of addresses that are planned. */
    public RangeOptions ranges() {
        return ranges;
    }

    /** Where the facts of the host come from. */
    public HostOptions host() {
        return host;
    }

    /** What is tried on it, or was. */
    public ProbeOptions probe() {
        return probe;
    }
}
