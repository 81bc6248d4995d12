namespace OrderIssues.TestCommon;

/// <summary>A new folder that is gone when it is disposed of.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private const int MaxTries = 10;

    public string Path { get; } = Directory.CreateTempSubdirectory("order-issues-").FullName;

    public void Dispose()
    {
        for (var tries = 1; Directory.Exists(Path); tries++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (tries < MaxTries)
            {
                // What is ending may still have written a file.
            }
        }
    }
}
