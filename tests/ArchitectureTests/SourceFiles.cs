namespace OrderIssues.ArchitectureTests;

internal static class SourceFiles
{
    /// <summary>Finds the C# files below a folder that people write, as paths below it with slashes.</summary>
    public static IReadOnlyList<string> Below(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(file => !$"/{file}".Contains("/obj/", StringComparison.Ordinal) && !$"/{file}".Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
