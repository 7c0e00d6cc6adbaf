package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.Manifest;
import io.jenkins.plugins.airworthy.image.MediaTypes;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of referrers that a registry keeps itself (distribution specification, "Listing Referrers"), read to its last
 * page or not at all.
 */
final class ReferrersApi {
    /** How many pages of one list are read. */
    static final int MAX_PAGES = 200;

    /** How many bytes all pages of one list may have together. */
    static final int MAX_LIST_BYTES = 2 * Manifest.MAX_BYTES;

    /** How many referrers one image may have. */
    static final int MAX_REFERRERS = Manifest.MAX_CHILDREN;

    private static final Pattern NEXT = Pattern.compile("<([^<>]{1,4096})>\\s*;[^<>]*\\brel=\"?next\"?");

    /** Error codes of a registry that understood the question: it has the API, but not this repository or image. */
    private static final Set<String> UNDERSTOOD = Set.of("NAME_UNKNOWN", "MANIFEST_UNKNOWN", "NOT_FOUND");

    /** What a registry without the API may answer beside 404. */
    private static final Set<Integer> NOT_UNDERSTOOD = Set.of(400, 404, 405, 406, 501);

    private final Repository repository;
    private final RegistryClient client;
    private final ApiMemory memory;

    ReferrersApi(Repository repository, RegistryClient client, ApiMemory memory) {
        this.repository = repository;
        this.client = client;
        this.memory = memory;
    }

    /** The referrers, or nothing when the registry has no such API. */
    Optional<List<Descriptor>> list(Digest subject) throws AirworthyException, InterruptedException {
        Request request = Request.get(
                        "list the referrers of " + repository.at(subject),
                        client.address(repository.api() + "/referrers/" + subject),
                        repository.pull())
                .with("Accept", MediaTypes.OCI_INDEX);
        Whole page = client.whole(request, Manifest.MAX_BYTES);
        if (page.status() == 200 && isIndex(page)) {
            return Optional.of(pages(request, page));
        }
        if (page.status() == 404
                && page.failure().code().filter(UNDERSTOOD::contains).isEmpty()) {
            memory.absent(client.settings().host());
        }
        // A page for people, sent with 200 to whatever was asked, is no list either.
        if (page.status() == 200 || NOT_UNDERSTOOD.contains(page.status())) {
            return Optional.empty();
        }
        throw page.failure();
    }

    private List<Descriptor> pages(Request first, Whole firstPage) throws AirworthyException, InterruptedException {
        Request request = first;
        Whole page = firstPage;
        List<Descriptor> found = new ArrayList<>();
        Set<Digest> seen = new HashSet<>();
        Set<URI> asked = new HashSet<>();
        long bytes = 0;
        while (true) {
            bytes += page.body().length;
            if (bytes > MAX_LIST_BYTES) {
                throw client.failures()
                        .wrong(first, "answered with a list of more than the allowed " + MAX_LIST_BYTES + " bytes");
            }
            for (Descriptor entry :
                    Manifest.parse(MediaTypes.OCI_INDEX, page.body()).children()) {
                if (seen.add(entry.digest())) {
                    found.add(entry.asListed());
                }
            }
            if (found.size() > MAX_REFERRERS) {
                throw client.failures().wrong(first, "lists more than the allowed " + MAX_REFERRERS);
            }
            Optional<URI> next = next(request, page);
            if (next.isEmpty()) {
                return List.copyOf(found);
            }
            if (!asked.add(next.get()) || asked.size() >= MAX_PAGES) {
                throw client.failures()
                        .wrong(first, "does not come to the end of its list after " + asked.size() + " pages");
            }
            request = request.to(next.get());
            page = client.whole(request, Manifest.MAX_BYTES);
            requireIndex(request, page);
        }
    }

    private void requireIndex(Request request, Whole page) throws UndecidedException {
        if (page.status() != 200) {
            throw page.failure();
        }
        if (!isIndex(page)) {
            throw client.failures().wrong(request, "breaks its list off with a page that is no index");
        }
    }

    private Optional<URI> next(Request request, Whole page) throws UndecidedException {
        for (String link : page.answer().all("Link")) {
            Matcher matcher = NEXT.matcher(link);
            if (matcher.find()) {
                return Optional.of(client.own(request, page.answer().uri(), matcher.group(1)));
            }
        }
        return Optional.empty();
    }

    private static boolean isIndex(Whole page) {
        return page.answer().mediaType().equals(Optional.of(MediaTypes.OCI_INDEX));
    }
}
