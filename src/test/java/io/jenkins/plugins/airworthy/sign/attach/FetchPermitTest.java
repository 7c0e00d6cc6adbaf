package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class FetchPermitTest {
    @Test
    void aBusyRegistryDoesNotDelayAnotherOne() throws Exception {
        ImageReference one = ImageReference.parse("one.example.com/team/app:1");
        ImageReference sibling = ImageReference.parse("one.example.com/other/app:1");
        ImageReference other = ImageReference.parse("other.example.com/team/app:1");
        List<FetchPermit> taken = new ArrayList<>();
        for (int i = 0; i < FetchPermit.TURNS; i++) {
            taken.add(FetchPermit.at(i % 2 == 0 ? one : sibling));
        }
        CountDownLatch more = new CountDownLatch(1);
        CountDownLatch elsewhere = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Void> here = threads.submit(() -> turn(one, more));
            Future<Void> there = threads.submit(() -> turn(other, elsewhere));

            assertThat(elsewhere.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(more.await(200, TimeUnit.MILLISECONDS)).isFalse();
            taken.remove(0).giveBack();
            assertThat(more.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(here.get()).isNull();
            assertThat(there.get()).isNull();
        } finally {
            taken.forEach(FetchPermit::giveBack);
            threads.shutdownNow();
        }
    }

    private static Void turn(ImageReference place, CountDownLatch got) throws InterruptedException {
        FetchPermit turn = FetchPermit.at(place);
        got.countDown();
        turn.giveBack();
        return null;
    }
}
