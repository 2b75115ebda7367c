@main
struct TenureCommand {
    static func main() {}
}
