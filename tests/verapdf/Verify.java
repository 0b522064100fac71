import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.List;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates files against PDF/A-3a and PDF/UA-1: a line for each file and flavour, then a line for each failure. */
public final class Verify {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (String id : new String[] {"3a", "ua1"}) {
                PDFAFlavour flavour = PDFAFlavour.fromString(id);
                try (FileInputStream stream = new FileInputStream(file);
                        PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                        PDFAValidator validator =
                                Foundries.defaultInstance().createValidator(flavour, 100, false, false, false)) {
                    ValidationResult result = validator.validate(parser);
                    System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + id + " " + file);
                    List<String> seen = new ArrayList<>();
                    for (TestAssertion assertion : result.getTestAssertions()) {
                        String said = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber()
                                + " " + assertion.getMessage() + " at " + assertion.getLocation().getContext();
                        if (assertion.getStatus() == TestAssertion.Status.FAILED && !seen.contains(said)) {
                            seen.add(said);
                            System.out.println("  " + said);
                        }
                    }
                }
            }
        }
    }
}
