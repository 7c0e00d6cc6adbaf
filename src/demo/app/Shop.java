import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The application whose image the demo makes. It goes into the image as source and is run by Java's source launcher, so
 * that the image has the same digest whichever compiler its builder has.
 */
public final class Shop {
    private static final Logger LOG = LogManager.getLogger(Shop.class);

    private Shop() {}

    public static void main(String[] arguments) {
        String customer = arguments.length == 0 ? "nobody" : arguments[0];
        // With log4j-core 2.14.1 a customer named ${jndi:...} runs code of their choice here (CVE-2021-44228).
        LOG.error("order by {}", customer);
    }
}
