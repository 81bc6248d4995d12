using System.Globalization;

/// <summary>Writes every 50 ms how many bytes the process has allocated into the file that ALLOCATIONS names.</summary>
// Loaded by DOTNET_STARTUP_HOOKS (https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md).
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("ALLOCATIONS") is { } file)
        {
            _ = Task.Run(() => WriteAllAsync(file));
        }
    }

    private static async Task WriteAllAsync(string file)
    {
        while (true)
        {
            await File.WriteAllTextAsync($"{file}.new", GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
            File.Move($"{file}.new", file, overwrite: true);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
