namespace OrderIssues.WebApi.FunctionalTests.Hosting;

internal static class Tools
{
    /// <summary>Skips the test where one of these programs isn't on the PATH.</summary>
    public static void Require(params string[] programs)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var program in programs.Where(program => !path.Any(folder => File.Exists(Path.Combine(folder, program)))))
        {
            Assert.Ignore($"{program} isn't on the PATH.");
        }
    }
}
