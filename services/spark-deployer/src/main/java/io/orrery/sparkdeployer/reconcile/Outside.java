package io.orrery.sparkdeployer.reconcile;

/** Where wishes are completed from: sealed secrets, mounted credentials, and catalogues elsewhere. */
public final class Outside {

    private final Wishes wishes;

    public Outside(Secrets secrets, Credentials credentials, CatalogueFiles files) {
        wishes = new Wishes(secrets, credentials, new CatalogueShelf(files));
    }

    Wishes wishes() {
        return wishes;
    }
}
