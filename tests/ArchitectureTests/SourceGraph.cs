using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrderIssues.ArchitectureTests;

/// <summary>Imports among source files: a file imports another when it names a type, or calls an extension method, that the other declares.</summary>
internal sealed class SourceGraph
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
        global using System.Threading; global using System.Threading.Tasks; global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly string[] OwnAssemblies = ["Domain.dll", "Application.dll", "Infrastructure.dll", "WebApi.dll"];

    private SourceGraph(IReadOnlyDictionary<string, HashSet<string>> imports) => Imports = imports;

    /// <summary>Imported files by file, as paths below the root.</summary>
    public IReadOnlyDictionary<string, HashSet<string>> Imports { get; }

    public static SourceGraph Load(string root)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var trees = SourceFiles.Below(root)
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, file)), options, file))
            .ToList();
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !OwnAssemblies.Contains(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create("Product", trees.Append(CSharpSyntaxTree.ParseText(ImplicitUsings, options)), references);
        return new(trees.ToDictionary(tree => tree.FilePath, tree => ImportsOf(tree, compilation.GetSemanticModel(tree))));
    }

    /// <summary>Finds groups of files that import each other, directly or around corners.</summary>
    public IReadOnlyList<string> FileCircles() => Circles(Imports);

    /// <summary>Finds groups of folders that import each other. Imports between a folder and its own subfolders don't count.</summary>
    public IReadOnlyList<string> FolderCircles()
    {
        var folders = Imports.Keys.Select(FolderOf).Distinct().ToDictionary(folder => folder, _ => new HashSet<string>());
        foreach (var (file, imported) in Imports)
        {
            folders[FolderOf(file)].UnionWith(imported.Select(FolderOf).Where(folder => !AreNested(folder, FolderOf(file))));
        }

        return Circles(folders);
    }

    private static HashSet<string> ImportsOf(SyntaxTree tree, SemanticModel model) =>
    [
        .. from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
           let info = model.GetSymbolInfo(name)
           from symbol in info.Symbol is { } single ? [single] : info.CandidateSymbols.AsEnumerable()
           let type = symbol as INamedTypeSymbol ?? (symbol is IMethodSymbol { IsExtensionMethod: true } ? symbol.ContainingType : null)
           where type is not null
           from declaration in type.OriginalDefinition.DeclaringSyntaxReferences
           let file = declaration.SyntaxTree.FilePath
           where file.Length > 0 && file != tree.FilePath
           select file,
    ];

    private static string FolderOf(string file) => file.Contains('/') ? file[..file.LastIndexOf('/')] : "";

    private static bool AreNested(string one, string other) =>
        one == other || one.StartsWith($"{other}/", StringComparison.Ordinal) || other.StartsWith($"{one}/", StringComparison.Ordinal);

    /// <summary>Finds strongly connected components: nodes that reach each other.</summary>
    private static List<string> Circles(IReadOnlyDictionary<string, HashSet<string>> edges)
    {
        var reachable = edges.Keys.ToDictionary(node => node, node => ReachableFrom(node, edges));
        return
        [
            .. edges.Keys
                .Where(node => reachable[node].Contains(node))
                .Select(node => string.Join(" <-> ", reachable[node].Where(other => reachable[other].Contains(node)).Order(StringComparer.Ordinal)))
                .Distinct(),
        ];
    }

    private static HashSet<string> ReachableFrom(string start, IReadOnlyDictionary<string, HashSet<string>> edges)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>(edges[start]);
        while (next.TryPop(out var node))
        {
            if (reached.Add(node))
            {
                foreach (var further in edges[node])
                {
                    next.Push(further);
                }
            }
        }

        return reached;
    }
}
