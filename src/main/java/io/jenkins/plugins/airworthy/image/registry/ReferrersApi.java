package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The list of referrers that a registry keeps itself (distribution specification, "Listing Referrers"). It is read to its last
 * page or refused. The API counts as absent only if the registry itself says so, and never after it has listed
 * something of the same repository.
 */
final class ReferrersApi {
    /** Maximum number of pages of one list. */
    static final int MAX_PAGES = 200;

    /** Maximum size of all pages of one list, in bytes. */
    static final int MAX_LIST_BYTES = 2 * Manifest.MAX_BYTES;

    /** Maximum number of referrers of one image. */
    static final int MAX_REFERRERS = Manifest.MAX_CHILDREN;

    /** Error codes of a registry that has the API, but not this repository or image. */
    private static final Set<String> UNDERSTOOD = Set.of("NAME_UNKNOWN", "MANIFEST_UNKNOWN", "NOT_FOUND");

    /** Statuses that a registry without the API may answer instead of 404. */
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 404, 405, 406, 501);

    private final Repository repository;
    private final RegistryClient client;
    private final ReferrersApiCache memory;

    ReferrersApi(Repository repository, RegistryClient client, ReferrersApiCache memory) {
        this.repository = repository;
        this.client = client;
        this.memory = memory;
    }

    /** Returns the referrers; empty if this repository has no such API. */
    Optional<List<Descriptor>> list(Digest subject) throws AirworthyException, InterruptedException {
        Request request = Request.get(
                        "list the referrers of " + repository.at(subject),
                        client.address(repository.api() + "/referrers/" + subject),
                        repository.pull())
                .with("Accept", MediaTypes.OCI_INDEX);
        BufferedResponse page = client.whole(request, Manifest.MAX_BYTES);
        if (page.status() == 200) {
            Optional<ReferrersPage> first = ReferrersPage.of(request, page, client);
            if (first.isPresent()) {
                memory.present(repository);
                return Optional.of(pages(request, page, first.get()));
            }
        }
        requireAbsence(request, page);
        return Optional.empty();
    }

    private void requireAbsence(Request request, BufferedResponse page)
            throws AirworthyException, InterruptedException {
        boolean forPeople = page.status() == 200;
        if (!forPeople && !NOT_UNDERSTOOD.contains(page.status())) {
            throw page.failure();
        }
        // The target of a redirect cannot say what the registry has. Nor can a page that a proxy shows for everything.
        boolean itself = page.answer().uri().equals(request.uri());
        if (!itself || (forPeople && !client.speaksTheApi())) {
            throw client.failures()
                    .wrong(
                            request,
                            "answered " + page.status() + (forPeople ? " with a page for people" : "")
                                    + (itself ? "" : " after a redirect")
                                    + ", which does not say that nothing is attached; a proxy before it may want a log-in");
        }
        if (memory.isPresent(repository)) {
            throw client.failures()
                    .wrong(
                            request,
                            "answered " + page.status()
                                    + ", although it has listed referrers of this repository before;"
                                    + " so the answer does not mean that the registry has no such lists");
        }
        if (page.status() == 404
                && page.failure().code().filter(UNDERSTOOD::contains).isEmpty()) {
            memory.absent(repository);
        }
    }

    private List<Descriptor> pages(Request first, BufferedResponse firstWhole, ReferrersPage firstPage)
            throws AirworthyException, InterruptedException {
        BufferedResponse whole = firstWhole;
        ReferrersPage page = firstPage;
        List<Descriptor> found = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        Set<URI> asked = new HashSet<>(Set.of(first.uri()));
        long bytes = 0;
        while (true) {
            bytes += whole.body().length;
            if (bytes > MAX_LIST_BYTES) {
                throw client.failures()
                        .wrong(first, "answered with a list of more than the allowed " + MAX_LIST_BYTES + " bytes");
            }
            for (Descriptor entry : page.entries()) {
                if (seen.add(entry.digest())) {
                    found.add(entry.asListed());
                }
            }
            if (found.size() > MAX_REFERRERS) {
                throw client.failures().wrong(first, "lists more than the allowed " + MAX_REFERRERS);
            }
            Optional<URI> next = page.next();
            if (next.isEmpty()) {
                return List.copyOf(found);
            }
            if (!asked.add(next.get()) || asked.size() > MAX_PAGES) {
                throw client.failures()
                        .wrong(first, "does not come to the end of its list after " + (asked.size() - 1) + " pages");
            }
            Request request = first.to(next.get());
            whole = client.whole(request, Manifest.MAX_BYTES);
            page = following(request, whole);
        }
    }

    private ReferrersPage following(Request request, BufferedResponse whole) throws UndecidedException {
        if (whole.status() != 200) {
            throw whole.failure();
        }
        return ReferrersPage.of(request, whole, client).orElseThrow(() -> client.failures()
                .wrong(request, "breaks its list off with a page that is not an index"));
    }
}
