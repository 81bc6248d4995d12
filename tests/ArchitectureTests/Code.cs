using ArchUnitNET.Loader;
using OrderIssues.Domain.Issues;

namespace OrderIssues.ArchitectureTests;

/// <summary>The code that the rules are about, and code that breaks each of them.</summary>
internal static class Code
{
    public static ArchUnitNET.Domain.Architecture Product { get; } = Load();

    public static ArchUnitNET.Domain.Architecture WithViolations { get; } = Load(typeof(Code).Assembly);

    private static ArchUnitNET.Domain.Architecture Load(params System.Reflection.Assembly[] more) => new ArchLoader()
        .LoadAssemblies(
        [
            typeof(OrderIssue).Assembly, typeof(Application.DependencyInjection).Assembly, typeof(Infrastructure.DependencyInjection).Assembly,
            typeof(Program).Assembly, .. more,
        ])
        .Build();
}
