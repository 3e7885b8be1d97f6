//! Compiles the grammar of the query language.

fn main() {
    lalrpop::Configuration::new()
        .emit_rerun_directives(true)
        .set_in_dir("grammar")
        .set_out_dir(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR for build scripts"))
        .process()
        .expect("the grammar compiles");
}
