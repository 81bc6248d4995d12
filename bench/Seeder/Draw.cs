namespace OrderIssues.Seeder;

/// <summary>What is drawn by chance.</summary>
internal static class Draw
{
    public static bool Chance(this Random random, double probability) => random.NextDouble() < probability;

    public static T Pick<T>(this Random random, params T[] pool) => pool[random.Next(pool.Length)];

    /// <summary>The first ones more often than the last: half of all are from the first quarter.</summary>
    public static T PickSkewed<T>(this Random random, params T[] pool) => pool[(int)(pool.Length * Math.Pow(random.NextDouble(), 2))];

    /// <summary>One to three of them, as one text.</summary>
    public static string Text(this Random random, string[] sentences) =>
        string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Pick(sentences)));
}
