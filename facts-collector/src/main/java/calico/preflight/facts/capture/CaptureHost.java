package calico.preflight.facts.capture;

import calico.preflight.facts.capture.CaptureIndex.Is;
import calico.preflight.facts.capture.CaptureIndex.Place;
import calico.preflight.facts.capture.CaptureIndex.Trouble;
import calico.preflight.facts.source.Content;
import calico.preflight.facts.source.Content.Denied;
import calico.preflight.facts.source.Content.Failed;
import calico.preflight.facts.source.Content.Missing;
import calico.preflight.facts.source.Content.Present;
import calico.preflight.facts.source.Content.Unsupported;
import calico.preflight.facts.source.HostCommand;
import calico.preflight.facts.source.HostSource;
import calico.preflight.facts.source.UnusableSourceException;
import java.util.List;
import java.util.Optional;

/**
 * A host as its capture shows it. Paths are no more than names here: nothing is resolved, and nothing but what was asked
 * for when the capture was taken is known. Missing is what the capture states to be missing, or leaves out of a directory
 * that it lists; of everything else it says that it does not know.
 */
public final class CaptureHost implements HostSource {

    /** Why a capture does not answer. */
    public static final String NOT_KEPT = "it is not in this capture";

    private final String name;
    private final Capture capture;
    private final CaptureIndex index;

    private CaptureHost(String name, Capture capture, CaptureIndex index) {
        this.name = name;
        this.capture = capture;
        this.index = index;
    }

    /**
     * This capture as a source.
     *
     * @param name how reports name it: {@code capture:FILE}, {@code ssh://HOST}
     * @throws UnusableSourceException if its index cannot be read
     */
    public static CaptureHost of(String name, Capture capture) throws UnusableSourceException {
        return new CaptureHost(name, capture, CaptureIndex.parse(capture.index()));
    }

    /** What it answers from. */
    public Capture capture() {
        return capture;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean showsRunningHost() {
        return true;
    }

    @Override
    public boolean answersCommands() {
        return true;
    }

    @Override
    public Optional<String> collectedAt() {
        return Optional.of(capture.manifest().collectedAt());
    }

    @Override
    public Content<byte[]> read(String path, int limit) {
        byte[] content = capture.files().get(path);
        if (content != null) {
            return content.length > limit
                    ? new Failed<>("is larger than " + limit + " bytes")
                    : new Present<>(content.clone());
        }
        Is is = is(path);
        return is == Is.DIRECTORY ? new Failed<>("is a directory") : unseen(path, is);
    }

    @Override
    public Content<List<String>> list(String directory) {
        Optional<List<String>> names = place(directory).flatMap(Place::names);
        if (names.isPresent()) {
            return new Present<>(names.get().stream().sorted().toList());
        }
        Is is = is(directory);
        return is == Is.FILE || is == Is.OTHER ? new Failed<>("is no directory") : unseen(directory, is);
    }

    @Override
    public Content<List<String>> walk(String directory) {
        Optional<List<String>> files = place(directory).flatMap(Place::walk);
        if (files.isPresent()) {
            return new Present<>(files.get().stream().sorted().toList());
        }
        Is is = is(directory);
        return is == Is.FILE || is == Is.OTHER ? new Failed<>("is no directory") : unseen(directory, is);
    }

    @Override
    public Content<FileKind> kind(String path) {
        Is is = is(path);
        return is.kind().<Content<FileKind>>map(Present::new).orElseGet(() -> unseen(path, is));
    }

    @Override
    public Content<String> link(String path) {
        Optional<Place> place = place(path);
        Optional<String> target = place.flatMap(Place::link);
        if (target.isPresent()) {
            return new Present<>(target.get());
        }
        if (place.filter(Place::isLinkDenied).isPresent()) {
            return new Denied<>("permission denied");
        }
        // what is missing may yet be a link that leads nowhere, but not where nothing of this name is listed
        return place.filter(Place::isNoLink).isPresent() || !mayBeThere(path)
                ? new Missing<>()
                : unseen(path, Is.UNTOLD);
    }

    @Override
    public Content<byte[]> run(HostCommand command) {
        byte[] output = capture.commands().get(command.label());
        if (output != null) {
            return new Present<>(output.clone());
        }
        return Optional.ofNullable(index.commands().get(command.label()))
                .map(became -> became.equals(CaptureIndex.MISSING) ? new Missing<byte[]>() : new Failed<byte[]>(became))
                .map(answer -> (Content<byte[]>) answer)
                .orElseGet(() -> new Unsupported<>(NOT_KEPT));
    }

    private Optional<Place> place(String path) {
        return Optional.ofNullable(index.places().get(path));
    }

    private <T> Content<T> unseen(String path, Is is) {
        if (is == Is.MISSING) {
            return new Missing<>();
        }
        Optional<Trouble> trouble = place(path).flatMap(Place::trouble);
        if (trouble.isPresent()) {
            return trouble.get().denied()
                    ? new Denied<>(trouble.get().why())
                    : new Failed<>(trouble.get().why());
        }
        return new Unsupported<>(NOT_KEPT);
    }

    private Is is(String path) {
        Is stated = place(path).map(Place::is).orElse(Is.UNTOLD);
        return stated == Is.UNTOLD && !mayBeThere(path) ? Is.MISSING : stated;
    }

    /** Is there no directory above it that is missing, is none, or was listed without it? */
    private boolean mayBeThere(String path) {
        String at = path;
        while (at.length() > 1) {
            int slash = at.lastIndexOf('/');
            String name = at.substring(slash + 1);
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                // a path that means something else than it says
                return true;
            }
            String parent = slash == 0 ? "/" : at.substring(0, slash);
            Optional<Place> above = place(parent);
            Is is = above.map(Place::is).orElse(Is.UNTOLD);
            boolean listedWithout =
                    above.flatMap(Place::names).isPresent() && !index.places().containsKey(at);
            if (is == Is.MISSING || is == Is.FILE || listedWithout) {
                return false;
            }
            at = parent;
        }
        return true;
    }
}
