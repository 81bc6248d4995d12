namespace OrderIssues.Soak.Faults;

/// <summary>Disk and clocks that a run may play with, where the machine has them.</summary>
internal static class Surroundings
{
    private const long LargestSmallDisk = 1L << 30;
    private const int BlockBytes = 1 << 20;

    /// <summary>Library that has a process see another time (https://github.com/wolfcw/libfaketime).</summary>
    private static readonly string? FakeTime = Directory.Exists("/usr/lib")
        ? Directory.GetDirectories("/usr/lib", "*-linux-gnu")
            .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists)
        : null;

    public static bool HasClocks => FakeTime is not null;

    /// <summary>True for a folder on a disk that is filled in no time.</summary>
    public static bool IsSmallDisk(string folder) => new DriveInfo(folder).TotalSize <= LargestSmallDisk;

    /// <summary>Fills the disk of a folder until the returned file is deleted.</summary>
    public static string Fill(string folder)
    {
        var filler = Path.Combine(folder, "filler");
        using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[BlockBytes]; block.Length > 0;)
        {
            try
            {
                file.Write(block);
            }
            catch (IOException)
            {
                // What is left takes smaller blocks.
                block = new byte[block.Length / 2];
            }
        }

        return filler;
    }

    /// <summary>Environment of a process whose clock is told by a file, in seconds ahead of the machine's: <c>+60s</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ClockIn(string file) => FakeTime is null ? [] : new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = FakeTime,
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
    };
}
