package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One page of a registry's list of referrers, and the address of the next one. Whether it is a list is decided by the body,
 * not by the media type, which registries and proxies get wrong. Refuses a page that may be incomplete.
 *
 * @param next empty on the last page
 */
record ReferrersPage(List<Descriptor> entries, Optional<URI> next) {
    private static final String HTML = "text/html";
    private static final String FILTERED = "OCI-Filters-Applied";

    /** Parses a page from an answer with status 200; empty if the answer is a page for people. */
    static Optional<ReferrersPage> of(Request request, BufferedResponse page, RegistryClient client)
            throws UndecidedException {
        List<Descriptor> entries;
        try {
            entries = Manifest.parse(MediaTypes.OCI_INDEX, page.body()).children();
        } catch (InvalidInputException e) {
            if (isForPeople(page.answer())) {
                return Optional.empty();
            }
            UndecidedException failure = client.failures()
                    .wrong(request, "answered with something that is not an index (" + e.getMessage() + ")");
            failure.initCause(e);
            throw failure;
        }
        if (!page.answer().allOfAnyLength(FILTERED).isEmpty()) {
            throw client.failures().wrong(request, "says that it left entries out (" + FILTERED + ")");
        }
        return Optional.of(new ReferrersPage(entries, next(request, page, client)));
    }

    /** Returns whether an answer is an HTML page, which cannot come from the API. */
    static boolean isForPeople(Response answer) {
        return answer.mediaType().equals(Optional.of(HTML));
    }

    private static Optional<URI> next(Request request, BufferedResponse page, RegistryClient client)
            throws UndecidedException {
        Optional<List<Link>> links = Link.parse(page.answer().allOfAnyLength("Link"));
        if (links.isEmpty()) {
            throw client.failures().wrong(request, "does not say clearly whether its list goes on (header Link)");
        }
        Set<URI> next = targets(Link.NEXT, links.get(), request, page, client);
        if (next.size() > 1) {
            throw client.failures().wrong(request, "names several next pages of its list");
        }
        URI here = page.answer().uri();
        if (next.isEmpty() && !Set.of(here).containsAll(targets(Link.LAST, links.get(), request, page, client))) {
            throw client.failures().wrong(request, "names a last page of its list, but no page that leads to it");
        }
        for (URI target : next) {
            if (!target.getPath().equals(request.uri().getPath())) {
                throw client.failures()
                        .wrong(
                                request,
                                "continues its list at " + target.getPath() + ", which is the list of another image");
            }
        }
        return next.stream().findFirst();
    }

    private static Set<URI> targets(
            String relation, List<Link> links, Request request, BufferedResponse page, RegistryClient client)
            throws UndecidedException {
        Set<URI> targets = new HashSet<>();
        for (Link link : links) {
            if (link.relations().contains(relation)) {
                targets.add(client.own(request, page.answer().uri(), link.target()));
            }
        }
        return targets;
    }
}
