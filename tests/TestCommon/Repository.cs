namespace OrderIssues.TestCommon;

/// <summary>The working tree that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "OrderIssue.sln"))
            ? folder.FullName
            : Find(folder.Parent ?? throw new DirectoryNotFoundException("The tests must run below the folder of OrderIssue.sln."));
}
