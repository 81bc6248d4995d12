using Bogus;

namespace OrderIssues.Seeder;

/// <summary>What issues are put together from, always the same. Bogus is too slow to make up each issue's own.</summary>
internal sealed class Pools
{
    private readonly Faker faker = new("en") { Random = new Randomizer(1600001) };

    public Pools()
    {
        Skus = Many(2_000, _ => Sku());
        FirstNames = Many(1_000, _ => faker.Name.FirstName());
        LastNames = Many(1_000, _ => faker.Name.LastName());
        Workers = Many(40, _ => faker.Name.FullName());
        Agents = Many(15, _ => faker.Name.FirstName());
        Notes = Many(3_000, i => faker.Parse(Sentences.OfNotes[i % Sentences.OfNotes.Length]));
        Messages = Many(3_000, i => faker.Parse(Sentences.OfMessages[i % Sentences.OfMessages.Length]));
    }

    public string[] Skus { get; }

    public string[] FirstNames { get; }

    public string[] LastNames { get; }

    /// <summary>Pickers, packers and palletters.</summary>
    public string[] Workers { get; }

    public string[] Agents { get; }

    public string[] Notes { get; }

    public string[] Messages { get; }

    private string Sku() =>
        $"{faker.Commerce.Product()[..3]}-{faker.Commerce.Color()[..3]}-{faker.Random.Number(1000, 9999)}".ToUpperInvariant();

    private static string[] Many(int count, Func<int, string> make) => [.. Enumerable.Range(0, count).Select(make)];
}
