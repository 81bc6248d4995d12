namespace OrderIssues.Infrastructure;

/// <summary>Creates files that nobody but their owner can read.</summary>
internal static class OwnersFile
{
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return File.Open(path, options);
    }
}
