import java.nio.file.Path;
import org.gazecheck.Heatmap;
import org.gazecheck.Model;

/** Says what an image shows, and which part of it speaks most for that. */
public class Sample {
    public static void main(String[] args) throws Exception {
        Path image = Path.of(args[1]);
        try (Model model = Model.load(Path.of(args[0]))) {
            var best = model.predict(image).best();
            System.out.println(best.name() + " " + best.probability());
            Heatmap map = model.explain(image);
            int strongest = 0;
            for (int i = 1; i < map.values().length; i++) {
                strongest = map.values()[i] > map.values()[strongest] ? i : strongest;
            }
            System.out.println("row " + strongest / map.width() + " of " + map.height() + ", column "
                    + strongest % map.width() + " of " + map.width());
        }
    }
}
